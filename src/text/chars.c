/* chars.c - what a character beyond ASCII is to the tokeniser (Unicode general categories). */
#include "text/chars.h"

#include <utf8proc.h>

#include "base/utf8.h"

static bool is_blank(uint32_t point)
{
    return dl_utf8_is_space(point) || point == 0x200B || point == 0x200E || point == 0x200F || point == 0x2060 ||
           point == 0xFEFF;
}

dl_char_class dl_char_wide(dl_str text, size_t at, size_t *len)
{
    size_t next = at;
    uint32_t point = dl_utf8_next(text, &next);
    *len = next - at;
    if (is_blank(point)) return DL_CHAR_SPACE;
    if ((point >= 0xFE00 && point <= 0xFE0F) || (point >= 0x1F3FB && point <= 0x1F3FF) || point == 0x20E3)
        return DL_CHAR_EXTEND;
    switch (utf8proc_category((utf8proc_int32_t)point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_CF: return point == 0x2BC ? DL_CHAR_MARK : DL_CHAR_LETTER;
    case UTF8PROC_CATEGORY_CC: return DL_CHAR_SPACE;
    default: return DL_CHAR_MARK;
    }
}

/* lemma.c - from a form to its lemma by an edit script. */
#include "syntax/lemma.h"

#include <utf8proc.h>

#include "base/str.h"
#include "base/utf8.h"

enum { MAX_CUT = 99 };

bool dl_lemma_parse(dl_lemma_script *out, dl_str script)
{
    if (script.len == 0) return false;
    *out = (dl_lemma_script){.casing = script.ptr[0]};
    if (out->casing == '=') {
        out->text = dl_str_slice(script, 1, script.len);
        return script.len > 1;
    }
    size_t plus = dl_str_find(script, DL_STR("+"), 2);
    int64_t cut;
    if (!strchr("klt", out->casing) || script.len < 4 || script.ptr[1] != '-' || plus == SIZE_MAX) return false;
    if (!dl_str_number(dl_str_slice(script, 2, plus), &cut) || cut > MAX_CUT) return false;
    out->cut = (uint32_t)cut;
    out->text = dl_str_slice(script, plus + 1, script.len);
    return true;
}

/* The form without its last `cut` code points; the first is always left. */
static dl_str shortened(dl_str form, uint32_t cut)
{
    size_t at = 0, end = form.len;
    dl_utf8_next(form, &at);
    while (cut-- > 0 && end > at)
        do end--;
        while (end > at && (form.ptr[end] & 0xC0) == 0x80);
    return dl_str_slice(form, 0, end);
}

/* Lower case, the first code point upper where `title`; ptr NULL when out of memory. */
static dl_str cased(dl_arena *arena, dl_str text, bool title)
{
    if (!title) return dl_utf8_lower(arena, text);
    size_t at = 0;
    char first[4];
    size_t len = dl_utf8_put(first, (uint32_t)utf8proc_toupper((utf8proc_int32_t)dl_utf8_next(text, &at)));
    dl_str rest = dl_utf8_lower(arena, dl_str_slice(text, at, text.len));
    if (!rest.ptr) return rest;
    return dl_arena_format(arena, "%.*s%.*s", (int)len, first, (int)rest.len, rest.ptr);
}

dl_str dl_lemma_apply(dl_lemma_script script, dl_arena *arena, dl_str form, dl_str norm)
{
    if (script.casing == '=') return dl_arena_str(arena, script.text);
    dl_str stem = shortened(form, script.cut);
    bool plain = stem.len <= norm.len; /* is the lower-case stem the beginning of norm? */
    for (size_t i = 0; i < stem.len && plain; i++) plain = (char)dl_ascii_lower((unsigned char)stem.ptr[i]) == norm.ptr[i];
    if (script.casing == 'l' && plain) stem = dl_str_slice(norm, 0, stem.len);
    else if (script.casing != 'k') stem = cased(arena, stem, script.casing == 't');
    if (!stem.ptr || script.text.len == 0) return stem;
    return dl_arena_format(arena, "%.*s%.*s", (int)stem.len, stem.ptr, (int)script.text.len, script.text.ptr);
}

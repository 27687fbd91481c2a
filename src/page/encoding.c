/* encoding.c - choosing a page's encoding. */
#include "page/encoding.h"

#include "base/utf8.h"
#include "page/encoding_guess.h"
#include "page/encoding_prescan.h"

dl_status dl_encodings_open(dl_encodings *out, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "page/encodings", &out->labels, err);
    if (status != DL_OK) return status;
    out->name = dl_table_column(out->labels, "name");
    out->converter = dl_table_column(out->labels, "converter");
    status = dl_lexicon_table(lexicon, "page/letters", &out->letters, err);
    if (status != DL_OK) return status;
    out->language_encodings = dl_table_column(out->letters, "encodings");
    out->language_letters = dl_table_column(out->letters, "letters");
    return DL_OK;
}

/* The row of a label, or false (WHATWG Encoding, "get an encoding"). */
static bool find_label(const dl_encodings *encodings, dl_str label, uint32_t *row)
{
    char lower[64];
    label = dl_str_trim(label);
    if (label.len == 0 || label.len > sizeof lower) return false;
    for (size_t i = 0; i < label.len; i++) lower[i] = (char)dl_ascii_lower((unsigned char)label.ptr[i]);
    dl_rows rows = dl_table_find(encodings->labels, (dl_str){lower, label.len});
    *row = rows.first;
    return rows.count > 0;
}

static dl_encoding encoding_of(const dl_encodings *encodings, dl_str label, dl_encoding_basis basis)
{
    uint32_t row;
    if (!find_label(encodings, label, &row)) return (dl_encoding){.name = DL_STR("utf-8"), .basis = basis};
    return (dl_encoding){.name = dl_table_cell(encodings->labels, row, encodings->name),
                         .converter = dl_table_cell(encodings->labels, row, encodings->converter),
                         .basis = basis};
}

dl_encoding dl_encoding_named(const dl_encodings *encodings, dl_str label)
{
    return encoding_of(encodings, label, DL_ENCODING_GUESSED);
}

static bool is_known(const void *context, dl_str label)
{
    uint32_t row;
    return find_label(context, label, &row);
}

/* The encoding that the first bytes prove, or "". */
static dl_str byte_order_mark(dl_str bytes)
{
    if (dl_str_starts(bytes, "\xEF\xBB\xBF")) return DL_STR("utf-8");
    if (dl_str_starts(bytes, "\xFE\xFF")) return DL_STR("utf-16be");
    if (dl_str_starts(bytes, "\xFF\xFE")) return DL_STR("utf-16le");
    return DL_STR("");
}

/* "<?x" in sixteen bits without a mark. */
static dl_str wide_declaration(dl_str bytes)
{
    if (bytes.len >= 6 && memcmp(bytes.ptr, "<\0?\0x\0", 6) == 0) return DL_STR("utf-16le");
    if (bytes.len >= 6 && memcmp(bytes.ptr, "\0<\0?\0x", 6) == 0) return DL_STR("utf-16be");
    return DL_STR("");
}

/* A page that was read as ASCII to find its meta cannot be in sixteen bits. */
static dl_str label_of_meta(const dl_encodings *encodings, dl_str label)
{
    dl_str name = encoding_of(encodings, label, DL_ENCODING_META).name;
    if (dl_str_starts(name, "utf-16")) return DL_STR("utf-8");
    return dl_str_is(name, "x-user-defined") ? DL_STR("windows-1252") : label;
}

/* Whether the bytes are UTF-8 and could hardly be anything else: several characters beyond ASCII, no stray byte. */
static bool is_plainly_utf8(dl_str bytes)
{
    size_t beyond = 0;
    for (size_t i = 0; i < bytes.len && beyond < 2; i++) beyond += (unsigned char)bytes.ptr[i] >= 0xC2;
    return beyond >= 2 && dl_utf8_valid_prefix(bytes) == bytes.len;
}

/* Whether the first characters beyond ASCII, as many as there are up to four, are no UTF-8 at all. One stray byte may be
 * the end of a page that was cut. */
static bool is_hardly_utf8(dl_str bytes)
{
    size_t strays = 0;
    for (size_t at = 0; at < bytes.len && strays < 4;) {
        uint64_t word;
        if (bytes.len - at >= 8 && (memcpy(&word, bytes.ptr + at, 8), !(word & UINT64_C(0x8080808080808080)))) {
            at += 8;
            continue;
        }
        size_t before = at;
        bool beyond = (unsigned char)bytes.ptr[at] >= 0x80;
        uint32_t point = dl_utf8_next(bytes, &at);
        if (beyond && !(point == 0xFFFD && at == before + 1)) return false;
        strays += beyond;
    }
    return strays >= 2;
}

/* A label that the bytes plainly disprove was left behind when the page, or what is around it, was converted. */
static dl_encoding declared(const dl_encodings *encodings, dl_str bytes, dl_str label, dl_encoding_basis basis)
{
    dl_encoding encoding = encoding_of(encodings, label, basis);
    bool legacy = !dl_str_starts(encoding.name, "utf-") && !dl_str_is(encoding.name, "iso-2022-jp");
    if (legacy && is_plainly_utf8(bytes)) return encoding_of(encodings, DL_STR("utf-8"), DL_ENCODING_GUESSED);
    if (dl_str_is(encoding.name, "utf-8") && is_hardly_utf8(bytes))
        return encoding_of(encodings, dl_encoding_guess(encodings, bytes), DL_ENCODING_GUESSED);
    return encoding;
}

dl_encoding dl_encoding_sniff(const dl_encodings *encodings, dl_str bytes, dl_str transport)
{
    uint32_t row;
    if (!bytes.len) bytes = DL_STR("");
    dl_str mark = byte_order_mark(bytes);
    if (mark.len) return encoding_of(encodings, mark, DL_ENCODING_BOM);
    if (transport.ptr && find_label(encodings, transport, &row))
        return declared(encodings, bytes, transport, DL_ENCODING_TRANSPORT);
    dl_str wide = wide_declaration(bytes);
    if (wide.len) return encoding_of(encodings, wide, DL_ENCODING_META);
    dl_str label = dl_encoding_prescan(bytes, is_known, encodings);
    if (label.ptr) return declared(encodings, bytes, label_of_meta(encodings, label), DL_ENCODING_META);
    return encoding_of(encodings, dl_encoding_guess(encodings, bytes), DL_ENCODING_GUESSED);
}

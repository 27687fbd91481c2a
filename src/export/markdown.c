/* markdown.c - text of pages in Markdown and HTML. */
#include "export/markdown.h"

#include <string.h>

void markdown_text(dl_json_out *out, dl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20 || c == 0x7F) put_bytes(out, DL_STR(" "));
        else if (c == '<') put_bytes(out, DL_STR("&lt;"));
        else if (c == '&') put_bytes(out, DL_STR("&amp;"));
        else if (strchr("\\`*_[]#|!>~", c)) put_format(out, "\\%c", c);
        else put_bytes(out, dl_str_slice(text, i, i + 1));
    }
}

bool is_web_address(dl_str url)
{
    if (!dl_str_starts(url, "http://") && !dl_str_starts(url, "https://")) return false;
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= 0x20 || url.ptr[i] == 0x7F) return false;
    return true;
}

void markdown_link(dl_json_out *out, dl_str text, dl_str url)
{
    if (!is_web_address(url)) {
        markdown_text(out, text);
        return;
    }
    put_bytes(out, DL_STR("["));
    markdown_text(out, text);
    put_bytes(out, DL_STR("]("));
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];
        if (strchr("()<>\\\"'`[]", c)) put_format(out, "%%%02X", c);
        else put_bytes(out, dl_str_slice(url, i, i + 1));
    }
    put_bytes(out, DL_STR(")"));
}

void html_text(dl_json_out *out, dl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        switch (c) {
        case '<': put_bytes(out, DL_STR("&lt;")); break;
        case '>': put_bytes(out, DL_STR("&gt;")); break;
        case '&': put_bytes(out, DL_STR("&amp;")); break;
        case '"': put_bytes(out, DL_STR("&quot;")); break;
        case '\'': put_bytes(out, DL_STR("&#39;")); break;
        case '[': put_bytes(out, DL_STR("&#91;")); break; /* SVG may stand in Markdown */
        case ']': put_bytes(out, DL_STR("&#93;")); break;
        case '*': put_bytes(out, DL_STR("&#42;")); break;
        case '_': put_bytes(out, DL_STR("&#95;")); break;
        case '`': put_bytes(out, DL_STR("&#96;")); break;
        default:
            if (c < 0x20 || c == 0x7F) put_bytes(out, DL_STR(" "));
            else put_bytes(out, dl_str_slice(text, i, i + 1));
        }
    }
}

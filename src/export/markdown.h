/* markdown.h - text of pages in Markdown and HTML, where nothing of it may act as markup. */
#ifndef DL_EXPORT_MARKDOWN_H
#define DL_EXPORT_MARKDOWN_H

#include "base/put.h"

/* On one line; marks are escaped (CommonMark 2.4), control characters become spaces. */
void markdown_text(dl_json_out *out, dl_str text);
/* [text](url) where the address is http or https, else the text alone. */
void markdown_link(dl_json_out *out, dl_str text, dl_str url);
void html_text(dl_json_out *out, dl_str text); /* fit for text and for quoted attributes */
bool is_web_address(dl_str url);

#endif

/* syntax.c - stage body. */
#include "syntax/syntax.h"

#include "base/error.h"

dl_status dl_syntax_open(dl_syntax **out, const char *model_path, dl_error *err)
{
    *out = NULL;
    return dl_fail(err, DL_IO, model_path, 0, "no such model");
}

void dl_syntax_close(dl_syntax *syntax)
{
    (void)syntax;
}

dl_status dl_syntax_annotate(const dl_syntax *syntax, dl_arena *arena, dl_text *text, dl_error *err)
{
    (void)syntax, (void)arena, (void)text, (void)err;
    return DL_OK;
}

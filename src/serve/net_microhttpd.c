/* net_microhttpd.c - libmicrohttpd, loaded when a server starts (see base/library.h); linked as usual where DATELINE_LINK_ALL is defined. */
#include "serve/net_microhttpd.h"

#include "base/error.h"
#include "base/library.h"

#ifdef DATELINE_LINK_ALL
dl_status mhd_load(mhd_api *out, dl_error *err)
{
#define MHD_VALUE(name) .name = MHD_##name,
    *out = (mhd_api){MHD_FUNCTIONS(MHD_VALUE)};
    (void)err;
    return DL_OK;
}
#else
LIBRARY_NOTE(mhd_note, "[{\"soname\":[\"libmicrohttpd.so.12\"],\"feature\":\"serve\","
                       "\"description\":\"The server of the page and its API\",\"priority\":\"recommended\"}]");

dl_status mhd_load(mhd_api *out, dl_error *err)
{
    static const char *const names[] = {"libmicrohttpd.so.12", NULL};
#define MHD_ENTRY(name) {"MHD_" #name, offsetof(mhd_api, name)},
    static const library_function functions[] = {MHD_FUNCTIONS(MHD_ENTRY)};
    return library_load(names, "to serve over HTTP", functions, sizeof functions / sizeof *functions, out, err);
}
#endif

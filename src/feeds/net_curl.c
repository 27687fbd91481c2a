/* net_curl.c - libcurl, loaded when pages are first fetched (see base/library.h); linked as usual where DATELINE_LINK_ALL is defined. */
#include "feeds/net_curl.h"

#include "base/error.h"
#include "base/library.h"

enum { OLDEST = 0x075500 }; /* 7.85: CURLOPT_PROTOCOLS_STR */

#ifdef DATELINE_LINK_ALL
static dl_status load(curl_api *out, dl_error *err)
{
#define CURL_VALUE(name) .name = curl_##name,
    *out = (curl_api){CURL_FUNCTIONS(CURL_VALUE)};
    (void)err;
    return DL_OK;
}
#else
LIBRARY_NOTE(curl_note, "[{\"soname\":[\"libcurl.so.4\",\"libcurl-gnutls.so.4\"],\"feature\":\"follow\","
                        "\"description\":\"Following sites and feeds over HTTP\",\"priority\":\"recommended\"}]");

static dl_status load(curl_api *out, dl_error *err)
{
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", NULL};
#define CURL_ENTRY(name) {"curl_" #name, offsetof(curl_api, name)},
    static const library_function functions[] = {CURL_FUNCTIONS(CURL_ENTRY)};
    return library_load(names, "to fetch pages over HTTP", functions, sizeof functions / sizeof *functions, out, err);
}
#endif

dl_status curl_load(curl_api *out, dl_error *err)
{
    dl_status status = load(out, err);
    if (status != DL_OK) return status;
    const curl_version_info_data *version = out->version_info(CURLVERSION_NOW);
    if (version->version_num < OLDEST) return dl_fail(err, DL_IO, NULL, 0, "libcurl is %s, but 7.85 is needed", version->version);
    return out->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? DL_OK : dl_fail(err, DL_IO, NULL, 0, "libcurl cannot be made ready");
}

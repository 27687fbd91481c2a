/* pool.h - what of the server is lent to one answer at a time. */
#ifndef DL_SERVE_POOL_H
#define DL_SERVE_POOL_H

#include "dateline/store.h"
#include "serve/serve.h"

dl_store *pool_take(serve *server); /* waits until one is free */
void pool_give(serve *server, dl_store *reader);
bool pool_take_stream(serve *server); /* false: as many long answers as may be are under way */
void pool_give_stream(serve *server);

#endif

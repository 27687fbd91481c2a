/* files.h - the files of the page. */
#ifndef DL_SERVE_FILES_H
#define DL_SERVE_FILES_H

#include "serve/serve.h"

/* Answers with a file of the page's folder, or 404. A path of the page's own ("/map") is index.html. */
void serve_file(int web, serve_request *request, serve_answer *answer);

#endif

/* paths.h - where the data lies. */
#ifndef DL_ENGINE_PATHS_H
#define DL_ENGINE_PATHS_H

#include "dateline/base.h"

enum { DL_PATH_SIZE = 4096 };

/* DL_LIMIT when the path does not fit. */
dl_status dl_path_join(char out[DL_PATH_SIZE], const char *dir, const char *name, dl_error *err);
/* The first that is there: `given`, $DATELINE_DATA, then beside the library or the command: data/ (a build folder),
 * ../share/dateline (installed). Only `given` and the variable are taken unseen. */
dl_status dl_data_dir(char out[DL_PATH_SIZE], const char *given, dl_error *err);

#endif

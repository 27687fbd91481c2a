/* labels.h - from the names of tags, relations and name types back to their numbers. */
#ifndef DL_SYNTAX_LABELS_H
#define DL_SYNTAX_LABELS_H

#include "dateline/text.h"

uint8_t dl_upos_of(dl_str name);      /* DL_UPOS_NONE for what is none */
uint8_t dl_name_type_of(dl_str name); /* DL_NAME_NONE for what is none */
/* A subtype that is not known counts as its base; DL_DEP_NONE for what is no relation. */
uint8_t dl_deprel_of(dl_str name);

#endif

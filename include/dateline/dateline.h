/* dateline.h - all public headers at once. */
#ifndef DATELINE_DATELINE_H
#define DATELINE_DATELINE_H

#include "dateline/base.h"
#include "dateline/document.h"
#include "dateline/engine.h"
#include "dateline/feeds.h"
#include "dateline/store.h"

#endif

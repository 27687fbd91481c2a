/* pages.h - small records of written news, for grouping. */
#ifndef TESTS_STORIES_PAGES_H
#define TESTS_STORIES_PAGES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dateline/document.h"

#define FLOOD                                                                                                                     \
    "The river Harrow burst its banks near Millford on Tuesday night and swept away the old stone bridge, the county engineer Ada " \
    "Quill said. Forty families slept in the grammar school. Pumps from three counties were on their way, and the railway to " \
    "Castleby stays closed until divers have looked at the piers. Farmers upstream lost most of the winter barley. The mayor, " \
    "Tobias Renn, asked people to keep away from the quay, where a crane had toppled into a barge laden with timber. "
#define FLOOD_AGAIN                                                                                                                \
    "Forty families are still in the grammar school of Millford after the Harrow swept away the stone bridge on Tuesday. Divers "   \
    "will look at the piers of the railway to Castleby, county engineer Ada Quill told reporters, and pumps are coming from three " \
    "counties. A crane lies across a timber barge at the quay; mayor Tobias Renn asked onlookers to stay at home. "
#define TALKS                                                                                                                     \
    "Delegates of the two islands met in Port Selwyn on Wednesday for a third round on fishing rights. Minister Ioana Verdi spoke " \
    "of progress on quotas for herring, while the other side's envoy, Karsten Moe, said that the patrol boats had to leave the " \
    "strait first. The next round is to be held in a month. Both coast guards have kept their distance since a collision in spring. "
#define THEATRE                                                                                                                    \
    "A theatre in the old harbour opened its doors after nine years of repairs. The painter who restored the ceiling used eggs and " \
    "chalk, as the masters did, and the orchestra played a waltz. Tickets for the first season were gone within the hour. "

/* A record with every layer and nothing in it but the text; ptr NULL never comes back. */
static dl_document *page(const char *id, const char *title, const char *text, const char *published)
{
    size_t size = 2 * strlen(text) + 2 * strlen(title) + 1024;
    char *json = malloc(size);
    snprintf(json, size,
             "{\"schema\":\"dateline/1\",\"id\":\"%s\",\"title\":\"%s\",\"authors\":[],%s%s%s\"access\":\"full\",\"encoding\":\"utf-8\",\"text\":\"%s\","
             "\"blocks\":[],\"sentences\":[],\"entities\":[],\"places\":[],\"times\":[],\"statements\":[],\"events\":[],\"talks\":[]}",
             id, title, published ? "\"published\":\"" : "", published ? published : "", published ? "\",\"published_from\":\"given\"," : "", text);
    dl_document *document = NULL;
    dl_error err = {0};
    dl_status status = dl_document_read(&document, json, strlen(json), &err);
    free(json);
    if (status != DL_OK) fail_msg("byte %zu: %s", err.offset, err.message);
    return document;
}

#endif

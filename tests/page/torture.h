/* torture.h - pages made to cost more than they are worth; for the test of counted steps and the bench of time. */
#ifndef TESTS_PAGE_TORTURE_H
#define TESTS_PAGE_TORTURE_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* `begin` once, then `repeat` until the page is full ('#' in it is replaced by a number that grows), then `end`. */
typedef struct torture {
    const char *name, *begin, *repeat, *end;
} torture;

static const torture tortures[] = {
    {"ampersands", "", "&", ""},
    {"reference prefixes", "<p>", "&notinva&CounterClockwiseContourIntegra", ""},
    {"numeric references", "<p>", "&#99999999999999999999999", ""},
    {"attributes", "<div", " a#=b", ">x</div>"},
    {"attributes without end", "<div", " a#='b'", ""},
    {"equal signs", "<div ", "==", ">x"},
    {"huge attribute", "<div class=\"", "x ", "\">y"},
    {"open quotes", "", "<a b=\"'>", ""},
    {"nested div", "", "<div>", "x"},
    {"nested div closed", "", "<div>x", "</div></div></div>"},
    {"deep, then ends", "<div><div><div><div><div><div><div><div>", "<div></p></b></x></td></h1></a></form></li>", ""},
    {"tables", "", "<table><tr><td>", "x"},
    {"table parts", "<table>", "<td><tr><tbody><caption><col><td><th>", "x"},
    {"anchors", "", "<a>x", ""},
    {"anchors and blocks", "", "<a><div>", "x"},
    {"bold and paragraphs", "", "<b><i><p>x</b></i>", ""},
    {"formatting closed late", "<b><p>", "<i><u>x</b></p>", ""},
    {"paragraphs", "", "<p>", "x"},
    {"paragraph ends", "", "</p>", "x"},
    {"paragraph ends in a cell", "<p><table><tr><td><div><div><div><div>", "</p>", "x"},
    {"items", "<ul>", "<li><div>", "x"},
    {"items behind divs", "<ul><div><div><div><div><div>", "<li></li>", "x"},
    {"lists", "", "<ul><li>", "x"},
    {"headings", "", "<h1><h2>", "x"},
    {"buttons and forms", "", "<button><form><nobr>", "x"},
    {"options", "<select>", "<optgroup><option>", "x"},
    {"unknown names", "", "<x#>", "x"},
    {"unknown names and ends", "<x1><x2><x3><x4><x5><x6><x7><x8>", "<y#></z#>", "x"},
    {"less-than signs", "", "<", ""},
    {"end tag openings", "", "</", ""},
    {"empty end tags", "", "</>", ""},
    {"comment openings", "", "<!--", ""},
    {"comments", "", "<!--->", ""},
    {"declarations", "", "<!x><?y>", ""},
    {"doctypes", "", "<!doctype a public \"b\" '", ""},
    {"comment with dashes", "<!--", "--!-", ""},
    {"scripts", "", "<script>", ""},
    {"script comments", "<script>", "<!--<script>", ""},
    {"script ends", "<script>", "</scripx>", ""},
    {"title ends", "<title>", "</titl>&lt;", ""},
    {"svg", "", "<svg><desc>", "x"},
    {"svg breaking out", "", "<svg><g><p>", "x"},
    {"svg ends", "<div><svg>", "</g></a></div><svg>", "x"},
    {"cdata", "<svg>", "<![CDATA[>]]", ""},
    {"templates", "", "<template><noscript>", "x"},
    {"frames", "", "<html><head><body><frameset>", "x"},
    {"white space", "<p>", " \n\t", "x"},
    {"line breaks", "<p>x", "<br>", "x"},
    {"zero bytes", "<p>", "\1", "x"}, /* \1 becomes \0 */
    {"stray bytes", "<p>", "\xFF\xE2\x82\xC3", "x"},
    {"no-break spaces", "<p>", "\xC2\xA0&nbsp;", "x"},
    {"inline in depth", "<p>", "<i>x", "x"},
};
enum { TORTURE_COUNT = sizeof tortures / sizeof *tortures };

static inline void torture_fill(const torture *kind, char *page, size_t size)
{
    size_t len = strlen(kind->begin), end = strlen(kind->end);
    memcpy(page, kind->begin, len);
    for (unsigned number = 0; len < size - end; number++) {
        char piece[128];
        size_t used = 0;
        for (const char *at = kind->repeat; *at && used < 100; at++) {
            if (*at == '#') used += (size_t)snprintf(piece + used, 16, "%u", number);
            else piece[used++] = *at == '\1' ? '\0' : *at;
        }
        if (used > size - end - len) used = size - end - len;
        memcpy(page + len, piece, used);
        len += used;
    }
    memcpy(page + len, kind->end, end);
}

#endif

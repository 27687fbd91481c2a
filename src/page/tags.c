/* tags.c - names and properties of the elements of HTML (WHATWG, "Special", "Formatting", scopes). */
#include "page/tags.h"

#include <string.h>

#include "page/tag_table.h"

/* One letter a property, so that the table can be read. */
enum {
    B = DL_TAG_IS_BLOCK,
    V = DL_TAG_IS_VOID,
    S = DL_TAG_IS_SPECIAL,
    C = DL_TAG_IS_SCOPE,
    F = DL_TAG_IS_FORMATTING,
    H = DL_TAG_IS_HIDDEN,
    D = DL_TAG_IS_HEAD,
    P = DL_TAG_ENDS_P,
    G = DL_TAG_IS_FOREIGN,
    O = DL_TAG_BREAKS_OUT,
    R = DL_TAG_IS_RCDATA,
    W = DL_TAG_IS_RAWTEXT,
    I = DL_TAG_IS_IMPLIED
};

#define NAME(literal) {"" literal, sizeof(literal) - 1}
static const struct {
    dl_str name;
    unsigned flags;
} tags[DL_TAG_COUNT] = {
    [DL_TAG_NONE] = {{"", 0}, 0},
    [DL_TAG_UNKNOWN] = {{"", 0}, 0},
    [DL_TAG_A] = {NAME("a"), F},
    [DL_TAG_ABBR] = {NAME("abbr"), 0},
    [DL_TAG_ACRONYM] = {NAME("acronym"), 0},
    [DL_TAG_ADDRESS] = {NAME("address"), B | S | P},
    [DL_TAG_APPLET] = {NAME("applet"), S | C},
    [DL_TAG_AREA] = {NAME("area"), V | S},
    [DL_TAG_ARTICLE] = {NAME("article"), B | S | P},
    [DL_TAG_ASIDE] = {NAME("aside"), B | S | P},
    [DL_TAG_AUDIO] = {NAME("audio"), 0},
    [DL_TAG_B] = {NAME("b"), F | O},
    [DL_TAG_BASE] = {NAME("base"), V | S | D},
    [DL_TAG_BASEFONT] = {NAME("basefont"), V | S | D},
    [DL_TAG_BDI] = {NAME("bdi"), 0},
    [DL_TAG_BDO] = {NAME("bdo"), 0},
    [DL_TAG_BGSOUND] = {NAME("bgsound"), V | S | D},
    [DL_TAG_BIG] = {NAME("big"), F | O},
    [DL_TAG_BLINK] = {NAME("blink"), 0},
    [DL_TAG_BLOCKQUOTE] = {NAME("blockquote"), B | S | P | O},
    [DL_TAG_BODY] = {NAME("body"), B | S | O},
    [DL_TAG_BR] = {NAME("br"), V | S | O},
    [DL_TAG_BUTTON] = {NAME("button"), S},
    [DL_TAG_CANVAS] = {NAME("canvas"), 0},
    [DL_TAG_CAPTION] = {NAME("caption"), B | S | C},
    [DL_TAG_CENTER] = {NAME("center"), B | S | P | O},
    [DL_TAG_CITE] = {NAME("cite"), 0},
    [DL_TAG_CODE] = {NAME("code"), F | O},
    [DL_TAG_COL] = {NAME("col"), V | S},
    [DL_TAG_COLGROUP] = {NAME("colgroup"), S},
    [DL_TAG_DATA] = {NAME("data"), 0},
    [DL_TAG_DATALIST] = {NAME("datalist"), H},
    [DL_TAG_DD] = {NAME("dd"), B | S | P | O | I},
    [DL_TAG_DEL] = {NAME("del"), 0},
    [DL_TAG_DETAILS] = {NAME("details"), B | S | P},
    [DL_TAG_DFN] = {NAME("dfn"), 0},
    [DL_TAG_DIALOG] = {NAME("dialog"), B | S | P},
    [DL_TAG_DIR] = {NAME("dir"), B | S | P},
    [DL_TAG_DIV] = {NAME("div"), B | S | P | O},
    [DL_TAG_DL] = {NAME("dl"), B | S | P | O},
    [DL_TAG_DT] = {NAME("dt"), B | S | P | O | I},
    [DL_TAG_EM] = {NAME("em"), F | O},
    [DL_TAG_EMBED] = {NAME("embed"), V | S | O},
    [DL_TAG_FIELDSET] = {NAME("fieldset"), B | S | P},
    [DL_TAG_FIGCAPTION] = {NAME("figcaption"), B | S | P},
    [DL_TAG_FIGURE] = {NAME("figure"), B | S | P},
    [DL_TAG_FONT] = {NAME("font"), F},
    [DL_TAG_FOOTER] = {NAME("footer"), B | S | P},
    [DL_TAG_FORM] = {NAME("form"), B | S | P},
    [DL_TAG_FRAME] = {NAME("frame"), V | S},
    [DL_TAG_FRAMESET] = {NAME("frameset"), S},
    [DL_TAG_H1] = {NAME("h1"), B | S | P | O},
    [DL_TAG_H2] = {NAME("h2"), B | S | P | O},
    [DL_TAG_H3] = {NAME("h3"), B | S | P | O},
    [DL_TAG_H4] = {NAME("h4"), B | S | P | O},
    [DL_TAG_H5] = {NAME("h5"), B | S | P | O},
    [DL_TAG_H6] = {NAME("h6"), B | S | P | O},
    [DL_TAG_HEAD] = {NAME("head"), S | H | O},
    [DL_TAG_HEADER] = {NAME("header"), B | S | P},
    [DL_TAG_HGROUP] = {NAME("hgroup"), B | S | P},
    [DL_TAG_HR] = {NAME("hr"), B | V | S | P | O},
    [DL_TAG_HTML] = {NAME("html"), B | S | C},
    [DL_TAG_I] = {NAME("i"), F | O},
    [DL_TAG_IFRAME] = {NAME("iframe"), S | H | W},
    [DL_TAG_IMAGE] = {NAME("image"), 0},
    [DL_TAG_IMG] = {NAME("img"), V | S | O},
    [DL_TAG_INPUT] = {NAME("input"), V | S},
    [DL_TAG_INS] = {NAME("ins"), 0},
    [DL_TAG_KBD] = {NAME("kbd"), 0},
    [DL_TAG_KEYGEN] = {NAME("keygen"), V | S},
    [DL_TAG_LABEL] = {NAME("label"), 0},
    [DL_TAG_LEGEND] = {NAME("legend"), B},
    [DL_TAG_LI] = {NAME("li"), B | S | P | O | I},
    [DL_TAG_LINK] = {NAME("link"), V | S | D},
    [DL_TAG_LISTING] = {NAME("listing"), B | S | P | O},
    [DL_TAG_MAIN] = {NAME("main"), B | S | P},
    [DL_TAG_MAP] = {NAME("map"), 0},
    [DL_TAG_MARK] = {NAME("mark"), 0},
    [DL_TAG_MARQUEE] = {NAME("marquee"), S | C},
    [DL_TAG_MATH] = {NAME("math"), G},
    [DL_TAG_MENU] = {NAME("menu"), B | S | P | O},
    [DL_TAG_META] = {NAME("meta"), V | S | D | O},
    [DL_TAG_METER] = {NAME("meter"), 0},
    [DL_TAG_NAV] = {NAME("nav"), B | S | P},
    [DL_TAG_NOBR] = {NAME("nobr"), F | O},
    [DL_TAG_NOEMBED] = {NAME("noembed"), S | H | W},
    [DL_TAG_NOFRAMES] = {NAME("noframes"), S | H | W | D},
    [DL_TAG_NOSCRIPT] = {NAME("noscript"), S | C | H | D},
    [DL_TAG_OBJECT] = {NAME("object"), S | C},
    [DL_TAG_OL] = {NAME("ol"), B | S | P | O},
    [DL_TAG_OPTGROUP] = {NAME("optgroup"), B | I},
    [DL_TAG_OPTION] = {NAME("option"), B | I},
    [DL_TAG_OUTPUT] = {NAME("output"), 0},
    [DL_TAG_P] = {NAME("p"), B | S | P | O | I},
    [DL_TAG_PARAM] = {NAME("param"), V | S},
    [DL_TAG_PICTURE] = {NAME("picture"), 0},
    [DL_TAG_PLAINTEXT] = {NAME("plaintext"), B | S | P},
    [DL_TAG_PRE] = {NAME("pre"), B | S | P | O},
    [DL_TAG_PROGRESS] = {NAME("progress"), 0},
    [DL_TAG_Q] = {NAME("q"), 0},
    [DL_TAG_RB] = {NAME("rb"), I},
    [DL_TAG_RP] = {NAME("rp"), I},
    [DL_TAG_RT] = {NAME("rt"), I},
    [DL_TAG_RTC] = {NAME("rtc"), I},
    [DL_TAG_RUBY] = {NAME("ruby"), O},
    [DL_TAG_S] = {NAME("s"), F | O},
    [DL_TAG_SAMP] = {NAME("samp"), 0},
    [DL_TAG_SCRIPT] = {NAME("script"), S | H | D},
    [DL_TAG_SEARCH] = {NAME("search"), B | S | P},
    [DL_TAG_SECTION] = {NAME("section"), B | S | P},
    [DL_TAG_SELECT] = {NAME("select"), S},
    [DL_TAG_SLOT] = {NAME("slot"), 0},
    [DL_TAG_SMALL] = {NAME("small"), F | O},
    [DL_TAG_SOURCE] = {NAME("source"), V | S},
    [DL_TAG_SPAN] = {NAME("span"), O},
    [DL_TAG_STRIKE] = {NAME("strike"), F | O},
    [DL_TAG_STRONG] = {NAME("strong"), F | O},
    [DL_TAG_STYLE] = {NAME("style"), S | H | W | D},
    [DL_TAG_SUB] = {NAME("sub"), O},
    [DL_TAG_SUMMARY] = {NAME("summary"), B | S | P},
    [DL_TAG_SUP] = {NAME("sup"), O},
    [DL_TAG_SVG] = {NAME("svg"), G},
    [DL_TAG_TABLE] = {NAME("table"), B | S | C | P | O},
    [DL_TAG_TBODY] = {NAME("tbody"), B | S},
    [DL_TAG_TD] = {NAME("td"), B | S | C},
    [DL_TAG_TEMPLATE] = {NAME("template"), S | C | H | D},
    [DL_TAG_TEXTAREA] = {NAME("textarea"), S | R},
    [DL_TAG_TFOOT] = {NAME("tfoot"), B | S},
    [DL_TAG_TH] = {NAME("th"), B | S | C},
    [DL_TAG_THEAD] = {NAME("thead"), B | S},
    [DL_TAG_TIME] = {NAME("time"), 0},
    [DL_TAG_TITLE] = {NAME("title"), S | H | R | D},
    [DL_TAG_TR] = {NAME("tr"), B | S},
    [DL_TAG_TRACK] = {NAME("track"), V | S},
    [DL_TAG_TT] = {NAME("tt"), F | O},
    [DL_TAG_U] = {NAME("u"), F | O},
    [DL_TAG_UL] = {NAME("ul"), B | S | P | O},
    [DL_TAG_VAR] = {NAME("var"), O},
    [DL_TAG_VIDEO] = {NAME("video"), 0},
    [DL_TAG_WBR] = {NAME("wbr"), V | S},
    [DL_TAG_XMP] = {NAME("xmp"), B | S | P | W},};

/* Up to eight bytes, the first one lowest, each with bit 5 set: letters lower case, digits unchanged. */
static uint64_t pack(const char *name, size_t len)
{
    uint64_t word = 0;
    for (size_t i = 0; i < len && i < 8; i++) word |= (uint64_t)((unsigned char)name[i] | 0x20u) << (8 * i);
    return word;
}

dl_tag dl_tag_of(const char *name, size_t len)
{
    dl_tag tag = tag_slots[pack(name, len) * TAG_FACTOR >> (64 - TAG_BITS)];
    if (tag != DL_TAG_NONE && dl_str_eq_nocase(tags[tag].name, (dl_str){name, len})) return tag;
    return DL_TAG_UNKNOWN;
}

unsigned dl_tag_flags(dl_tag tag)
{
    return tags[tag].flags;
}

dl_str dl_tag_name(dl_tag tag)
{
    return tags[tag].name;
}

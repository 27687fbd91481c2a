/* svg.c - a small map and a timeline. */
#include "export/svg.h"

#include <inttypes.h>
#include <math.h>

#include "base/date.h"
#include "export/markdown.h"

enum { MAP_WIDTH = 560, MAP_HEIGHT = 320, MARGIN = 24, MOST_LABELS = 12, LINE_WIDTH = 560, LINE_HEIGHT = 120 };
static const double degree = 3.14159265358979323846 / 180;

/* ---- the map ---- */

typedef struct frame {
    double west, south, east, north, scale, squeeze; /* pixels a degree of latitude; longitude is narrower by squeeze */
} frame;

static double x_of(const frame *f, double lon)
{
    return MARGIN + (lon - f->west) * f->scale * f->squeeze;
}

static double y_of(const frame *f, double lat)
{
    return MAP_HEIGHT - MARGIN - (lat - f->south) * f->scale;
}

/* At least two degrees, so that one town is not the whole world; then widened to the shape of the picture. */
static frame frame_of(const svg_point *points, size_t count)
{
    frame f = {points[0].lon, points[0].lat, points[0].lon, points[0].lat, 1, 1};
    for (size_t i = 1; i < count; i++) {
        f.west = fmin(f.west, points[i].lon), f.east = fmax(f.east, points[i].lon);
        f.south = fmin(f.south, points[i].lat), f.north = fmax(f.north, points[i].lat);
    }
    double middle = (f.south + f.north) / 2, centre = (f.west + f.east) / 2;
    f.squeeze = fmax(0.2, cos(middle * degree));
    double high = fmax((f.north - f.south) * 1.2, 2), wide = fmax((f.east - f.west) * 1.2, 2);
    f.scale = fmin((MAP_HEIGHT - 2 * MARGIN) / high, (MAP_WIDTH - 2 * MARGIN) / (wide * f.squeeze));
    high = (MAP_HEIGHT - 2 * MARGIN) / f.scale, wide = (MAP_WIDTH - 2 * MARGIN) / (f.scale * f.squeeze);
    f.south = middle - high / 2, f.north = middle + high / 2, f.west = centre - wide / 2, f.east = centre + wide / 2;
    return f;
}

static int grid_step(double span)
{
    static const int steps[] = {1, 2, 5, 10, 20, 30, 60};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (span / steps[i] <= 6) return steps[i];
    return 90;
}

static void draw_grid(dl_json_out *out, const frame *f)
{
    int step = grid_step(fmax(f->north - f->south, f->east - f->west));
    for (int lon = (int)ceil(f->west / step) * step; lon <= f->east; lon += step)
        put_format(out, "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#ddd\"/><text x=\"%.1f\" y=\"%d\" font-size=\"9\" fill=\"#777\" text-anchor=\"middle\">%d°</text>\n",
                   x_of(f, lon), MARGIN, x_of(f, lon), MAP_HEIGHT - MARGIN, x_of(f, lon), MAP_HEIGHT - MARGIN + 12, lon);
    for (int lat = (int)ceil(f->south / step) * step; lat <= f->north; lat += step)
        put_format(out, "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" font-size=\"9\" fill=\"#777\" text-anchor=\"end\">%d°</text>\n",
                   MARGIN, y_of(f, lat), MAP_WIDTH - MARGIN, y_of(f, lat), MARGIN - 2, y_of(f, lat) + 3, lat);
}

void svg_map(dl_json_out *out, const svg_point *points, size_t count)
{
    if (!count) return;
    frame f = frame_of(points, count);
    put_format(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"Map of happenings\" font-family=\"sans-serif\">\n"
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#fafafa\" stroke=\"#bbb\"/>\n",
               MAP_WIDTH, MAP_HEIGHT, MAP_WIDTH, MAP_HEIGHT, MARGIN, MARGIN, MAP_WIDTH - 2 * MARGIN, MAP_HEIGHT - 2 * MARGIN);
    draw_grid(out, &f);
    for (size_t i = 0; i < count; i++) {
        double x = x_of(&f, points[i].lon), y = y_of(&f, points[i].lat), radius = fmin(24, 3 + 1.5 * sqrt((double)points[i].weight));
        put_format(out, "<a href=\"#h%" PRIu32 "\"><circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#c0392b\" fill-opacity=\"0.55\" stroke=\"#7b241c\"><title>",
                   points[i].link, x, y, radius);
        html_text(out, points[i].label);
        put_format(out, ": %" PRId64 " killed</title></circle></a>\n", points[i].weight);
        if (i >= MOST_LABELS) continue;
        put_format(out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"11\" fill=\"#222\"%s>", x + (x > MAP_WIDTH - 130 ? -radius - 3 : radius + 3), y + 4,
                   x > MAP_WIDTH - 130 ? " text-anchor=\"end\"" : "");
        html_text(out, points[i].label);
        put_bytes(out, DL_STR("</text>\n"));
    }
    put_bytes(out, DL_STR("</svg>\n"));
}

/* ---- the timeline ---- */

void svg_timeline(dl_json_out *out, const svg_day *days, size_t count)
{
    uint32_t most = 1;
    if (!count) return;
    for (size_t i = 0; i < count; i++) most = days[i].count > most ? days[i].count : most;
    double step = (double)(LINE_WIDTH - 2 * MARGIN) / (double)count, high = LINE_HEIGHT - 56;
    put_format(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"Attacks by day\" font-family=\"sans-serif\">\n",
               LINE_WIDTH, LINE_HEIGHT, LINE_WIDTH, LINE_HEIGHT);
    for (size_t i = 0; i < count; i++) {
        char day[16];
        double x = MARGIN + (double)i * step, tall = high * days[i].count / most, base = LINE_HEIGHT - 32;
        put_format(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#c0392b\"/>\n", x + 2, base - tall, step - 4, tall);
        if (days[i].reported)
            put_format(out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"10\" text-anchor=\"middle\">%" PRIu32 "</text>\n", x + step / 2, base - tall - 4, days[i].count);
        else
            put_format(out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"9\" fill=\"#777\" text-anchor=\"middle\">no report</text>\n", x + step / 2, base - 4);
        put_format(out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"9\" fill=\"#444\" text-anchor=\"middle\">%s</text>\n", x + step / 2, base + 12,
                   dl_date_format(days[i].date, day));
        if (days[i].killed)
            put_format(out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"9\" fill=\"#444\" text-anchor=\"middle\">%" PRId64 " killed</text>\n", x + step / 2, base + 24, days[i].killed);
    }
    put_format(out, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#444\"/>\n</svg>\n", MARGIN, LINE_HEIGHT - 32, LINE_WIDTH - MARGIN, LINE_HEIGHT - 32);
}

// mapbase.js - the map's ground: land and borders drawn from Natural Earth (world-atlas, 1:50m), no tiles, no request beyond this server.
// Contested borders are dashed: data/contested.json says which.

let loaded = null;

const fetchJson = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
};

/** {L, land, coast, borders, contested, labels, note}; null where the packages of web/ are not installed. */
export function loadBase() {
    loaded ??= load().catch((error) => {
        loaded = null;
        throw error;
    });
    return loaded;
}

async function load() {
    const [leaflet, feature, mesh, topology, disputed] = await Promise.all([
        import("/vendor/leaflet.js"),
        import("/vendor/topojson/feature.js"),
        import("/vendor/topojson/mesh.js"),
        fetchJson("/vendor/countries-50m.json"),
        fetchJson("/data/contested.json"),
        style("/vendor/leaflet.css"),
    ]);
    const countries = topology.objects.countries;
    const features = feature
        .default(topology, countries)
        .features.filter((one) => one.properties.name !== "Antarctica")
        .map((one) => ({ ...one, geometry: unrolled(one.geometry) }));
    const between = (a, b, [x, y]) => (is(a, x) && is(b, y)) || (is(a, y) && is(b, x));
    const lines = (choose) => unrolled(mesh.default(topology, countries, (a, b) => a !== b && choose(a, b))).coordinates;
    const borders = lines((a, b) => !disputed.borders.some((border) => between(a, b, border.between)));
    const contested = [];
    for (const border of disputed.borders) {
        const { inside, outside } = split(
            lines((a, b) => between(a, b, border.between)),
            border.box,
        );
        contested.push(...inside);
        borders.push(...outside);
    }
    const coast = unrolled(mesh.default(topology, countries, (a, b) => a === b && a.properties.name !== "Antarctica"));
    return {
        coast,
        L: leaflet.default?.map ? leaflet.default : leaflet,
        land: features,
        borders: { type: "MultiLineString", coordinates: borders },
        contested: { type: "MultiLineString", coordinates: contested },
        labels: features.map(labelOf).filter(Boolean),
        note: disputed.note,
    };
}

/* A line that steps over the 180th meridian goes on beyond it instead of back across the whole map. */
function unrolled(geometry) {
    if (!geometry.coordinates.length) return geometry;
    const line = (points) => {
        let turn = 0;
        return points.map(([lon, lat], i) => {
            if (i && Math.abs(lon - points[i - 1][0]) > 180) turn += lon < points[i - 1][0] ? 360 : -360;
            return [lon + turn, lat];
        });
    };
    const deep = (coordinates) => (typeof coordinates[0][0] === "number" ? line(coordinates) : coordinates.map(deep));
    return { ...geometry, coordinates: deep(geometry.coordinates) };
}

const is = (geometry, name) => geometry.id === name || geometry.properties.name === name;

/* Of a border that is contested in one stretch alone (a box), that stretch is cut out; without a box all of it is contested. */
function split(lines, box) {
    if (!box) return { inside: lines, outside: [] };
    const [west, south, east, north] = box;
    const held = ([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north;
    const inside = [],
        outside = [];
    for (const line of lines) {
        let run = [line[0]];
        for (let i = 1; i < line.length; i++) {
            run.push(line[i]);
            if (held(line[i]) !== held(line[i - 1]) || i === line.length - 1) {
                (held(line[i - 1]) ? inside : outside).push(run);
                run = [line[i]];
            }
        }
    }
    return { inside, outside };
}

/* A country's name stands in the middle of its largest part. */
function labelOf(one) {
    const rings = one.geometry.type === "Polygon" ? [one.geometry.coordinates[0]] : one.geometry.coordinates.map((polygon) => polygon[0]);
    const sized = rings.map((ring) => ({ ring, area: Math.abs(area(ring)) })).sort((a, b) => b.area - a.area)[0];
    if (!sized) return null;
    const [lon, lat] = centroid(sized.ring);
    return { name: one.properties.name, lat, lon, area: sized.area };
}

const area = (ring) =>
    ring.reduce((sum, [x, y], i) => {
        const [u, v] = ring[(i + 1) % ring.length];
        return sum + x * v - u * y;
    }, 0) / 2;
function centroid(ring) {
    let x = 0,
        y = 0,
        twice = 0;
    ring.forEach(([a, b], i) => {
        const [c, d] = ring[(i + 1) % ring.length];
        const cross = a * d - c * b;
        twice += cross;
        x += (a + c) * cross;
        y += (b + d) * cross;
    });
    return twice ? [x / (3 * twice), y / (3 * twice)] : ring[0];
}

function style(href) {
    if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
    return new Promise((done, fail) => {
        const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: () => fail(new Error(href)) });
        document.head.prepend(link);
    });
}

/** A colour of the style sheet as the browser works it out. */
export function colour(name) {
    const probe = document.createElement("i");
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
}

// Draws a map from GeoJSON of our own server; texts come as text, never as markup, and links stay on this site.
const MOST_SHAPES = 400;
const STATUSES = ["good", "warning", "bad", "unknown"];

function element(tag, text) {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}

function description(properties, openText) {
  const box = document.createElement("div");
  box.append(element("strong", properties.name ?? ""));
  for (const text of [properties.value, properties.note]) if (text) box.append(element("div", text));
  if (openText && typeof properties.url === "string" && properties.url.startsWith("/") && !properties.url.startsWith("//")) {
    const link = element("a", openText);
    link.href = properties.url;
    box.append(link);
  }
  return box;
}

function point(feature, place, many) {
  const status = STATUSES.includes(feature.properties.status) ? feature.properties.status : "unknown";
  if (many) return L.circleMarker(place, { radius: 6, className: `place ${status}`, weight: 1 });
  const shape = L.divIcon({ className: `place ${status}`, iconSize: [28, 28] });
  // The table below the map is the way of the keyboard; hundreds of stops on the map would not be one.
  return L.marker(place, { icon: shape, keyboard: false });
}

function areaStyle(feature) {
  const level = feature.properties.level;
  return { className: Number.isInteger(level) ? `area level-${level}` : "area" };
}

async function draw(frame) {
  const answer = await fetch(frame.dataset.url, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  const data = await answer.json();
  frame.hidden = false;
  const tiled = Boolean(frame.dataset.tileUrl);
  // Without tiles any zoom is sharp, so the city fills the frame.
  const map = L.map(frame, { scrollWheelZoom: false, zoomControl: false, attributionControl: tiled, zoomSnap: tiled ? 1 : 0.25 });
  L.control.zoom({ zoomInTitle: frame.dataset.zoomIn, zoomOutTitle: frame.dataset.zoomOut }).addTo(map);
  if (tiled) L.tileLayer(frame.dataset.tileUrl, { attribution: frame.dataset.tileCredit, maxZoom: 19 }).addTo(map);
  const many = data.features.filter((feature) => feature.geometry?.type === "Point").length > MOST_SHAPES;
  const layer = L.geoJSON(data, {
    style: areaStyle,
    pointToLayer: (feature, place) => point(feature, place, many),
    onEachFeature: (feature, shape) => {
      shape.bindTooltip(description(feature.properties));
      shape.bindPopup(description(feature.properties, frame.dataset.open));
    },
  }).addTo(map);
  const bounds = layer.getBounds();
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [16, 16], maxZoom: 16 });
  else map.setView([-6.889, 109.675], 13);
}

for (const frame of document.querySelectorAll("[data-map]")) {
  draw(frame).catch(() => {
    const note = element("p", frame.dataset.failed);
    note.className = "small muted";
    frame.replaceWith(note);
  });
}

// Lets people mark a place on a map; the form works without it, by kelurahan and words.
const picker = document.querySelector("[data-place-picker]");

function start() {
  const latitude = document.querySelector("input[name=latitude]");
  const longitude = document.querySelector("input[name=longitude]");
  const status = picker.querySelector("[data-status]");
  const clear = picker.querySelector("[data-clear]");
  picker.hidden = false;
  const tiled = Boolean(picker.dataset.tileUrl);
  const map = L.map(picker.querySelector(".map"), {
    zoomControl: false,
    attributionControl: false,
    scrollWheelZoom: false,
    zoomSnap: tiled ? 1 : 0.25,
  });
  L.control.zoom({ zoomInTitle: picker.dataset.zoomIn, zoomOutTitle: picker.dataset.zoomOut }).addTo(map);
  if (tiled) L.tileLayer(picker.dataset.tileUrl, { maxZoom: 19 }).addTo(map);
  map.setView([-6.889, 109.675], 13);
  let mark = null;

  function put(place) {
    if (mark) mark.remove();
    mark = L.marker(place, { icon: L.divIcon({ className: "place bad", iconSize: [28, 28] }), keyboard: false }).addTo(map);
    latitude.value = place.lat.toFixed(5);
    longitude.value = place.lng.toFixed(5);
    status.textContent = picker.dataset.chosen;
    clear.hidden = false;
  }

  map.on("click", (event) => put(event.latlng));
  clear.addEventListener("click", () => {
    if (mark) mark.remove();
    mark = null;
    latitude.value = longitude.value = status.textContent = "";
    clear.hidden = true;
  });
  picker.querySelector("[data-here]").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      (found) => {
        const place = L.latLng(found.coords.latitude, found.coords.longitude);
        put(place);
        map.setView(place, 16);
      },
      () => {
        status.textContent = picker.dataset.away;
      },
      { timeout: 10000 },
    );
  });
  if (latitude.value && longitude.value) put(L.latLng(Number(latitude.value), Number(longitude.value)));
  // The outlines of the wards and the river points help to find one's way; without them the map still works.
  fetch(picker.dataset.url)
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((data) => {
      if (!data) return;
      const layer = L.geoJSON(data, {
        style: () => ({ className: "area" }),
        pointToLayer: (feature, place) => L.circleMarker(place, { radius: 4, className: "place unknown" }),
        onEachFeature: (feature, shape) => {
          const name = document.createElement("span");
          name.textContent = feature.properties.name ?? "";
          shape.bindTooltip(name);
          shape.on("click", (event) => put(event.latlng));
        },
      }).addTo(map);
      if (!mark && layer.getBounds().isValid()) map.fitBounds(layer.getBounds());
    })
    .catch(() => {});
}

if (picker && window.L) start();

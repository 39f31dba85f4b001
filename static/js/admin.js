// Gives names to what the admin's own scripts leave nameless: search-as-you-type selects and empty column heads.
window.addEventListener("load", () => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`)?.textContent.replace(":", "").trim();
    const drawn = select.parentElement.querySelector(".select2-selection__rendered");
    if (label && drawn) drawn.setAttribute("aria-label", label);
  }
  for (const head of document.querySelectorAll("th.original, .tabular th:empty")) head.setAttribute("role", "presentation");
});

// Lets people see the password they are typing. Without this script the field works as it is.
for (const input of document.querySelectorAll("input[data-password]")) {
  const words = { show: input.dataset.show || "Tampilkan", hide: input.dataset.hide || "Sembunyikan" };
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet small";
  button.setAttribute("aria-controls", input.id);
  const draw = () => {
    button.textContent = input.type === "password" ? words.show : words.hide;
    button.setAttribute("aria-pressed", String(input.type !== "password"));
  };
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    draw();
  });
  // Never sent as visible text: browsers would remember it like any other field.
  input.form?.addEventListener("submit", () => { input.type = "password"; });
  draw();
  input.after(button);
}

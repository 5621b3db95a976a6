// Plays a film in place of its poster. The poster is a link to the film, which works without this module.
// Nothing of the film is fetched before somebody asks for it.
//
//   <div data-video data-captions="/media/film.vtt" data-captions-language="en" data-captions-label="English">
//     <a class="video__play" href="/media/film.mp4">...</a>
//   </div>

for (const screen of document.querySelectorAll("[data-video]")) {
  const link = screen.querySelector("a[href]");
  link?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();

    const video = document.createElement("video");
    video.controls = true;
    video.playsInline = true;
    video.src = link.href;
    video.setAttribute("aria-label", screen.dataset.title ?? "");

    if (screen.dataset.captions) {
      const track = document.createElement("track");
      track.kind = "captions";
      track.src = screen.dataset.captions;
      track.srclang = screen.dataset.captionsLanguage ?? document.documentElement.lang;
      track.label = screen.dataset.captionsLabel ?? "";
      track.default = true;
      video.append(track);
    }

    screen.replaceChildren(video);
    video.focus();
    video.play().catch(() => {}); // the controls are there where the browser does not start by itself
  });
}

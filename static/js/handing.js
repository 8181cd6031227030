// A device that goes around asks anew what may be seen: nothing comes out of its memory.
addEventListener("pageshow", (event) => event.persisted && location.reload());

// Records a text with the microphone: record, listen, once more, keep. What was recorded goes
// into the field of the form, so keeping it is sending the form.
const [form, recorder, record, level, time, state, preview, keep, byFile] =
  ["speak", "recorder", "record", "level", "time", "state", "preview", "keep", "by-file"]
    .map((id) => document.getElementById(id));
const file = form.elements.file;
const LONGEST = 60;
let recording = null;

const show = (wanted) => record.querySelectorAll("span").forEach((word, place) => { word.hidden = place !== wanted; });
const allow = () => { keep.disabled = !file.files.length; };

const watch = (stream) => {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  const start = performance.now();
  const look = () => {
    if (!recording) return void context.close();
    analyser.getByteTimeDomainData(samples);
    level.value = Math.max(...samples.map((each) => Math.abs(each - 128))) / 128;
    const seconds = Math.floor((performance.now() - start) / 1000);
    time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds >= LONGEST) finish();
    requestAnimationFrame(look);
  };
  look();
};

const begin = async () => {
  preview.hidden = true;
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    state.textContent = state.dataset.denied;
    byFile.open = true;
    return;
  }
  const pieces = [];
  recording = new MediaRecorder(stream);
  recording.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recording.addEventListener("stop", () => {
    stream.getTracks().forEach((track) => track.stop());
    take(new Blob(pieces, { type: pieces[0].type }));
  });
  recording.start();
  watch(stream);
  show(1);
  state.textContent = state.dataset.going;
};

const take = (sound) => {
  const held = new DataTransfer();
  held.items.add(new File([sound], "recording", { type: sound.type }));
  file.files = held.files;
  preview.src = URL.createObjectURL(sound);
  preview.hidden = false;
  state.textContent = state.dataset.done;
  allow();
  keep.focus();
};

const finish = () => {
  recording?.stop();
  recording = null;
  level.value = 0;
  show(2);
};

if (navigator.mediaDevices?.getUserMedia && window.MediaRecorder && window.DataTransfer) {
  recorder.hidden = false;
  byFile.open = Boolean(byFile.querySelector(".err"));
  record.addEventListener("click", () => (recording ? finish() : begin()));
  file.addEventListener("change", allow);
  allow();
  record.focus();
}

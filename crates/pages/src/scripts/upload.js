// Shows how far a file has come, and lets it be stopped. Markup:
// <form data-upload method="post" enctype="multipart/form-data" action="…">…<input type="file">…</form>
// One file at a time. After the answer the page it leads to is opened; without this script the form is simply sent.

for (const form of document.querySelectorAll('form[data-upload]')) {
  const file = form.querySelector('input[type="file"]');
  const button = form.querySelector('button[type="submit"]');
  if (!file || !button || !('FormData' in window)) continue;
  file.multiple = false;

  const status = document.createElement('div');
  status.hidden = true;
  status.className = 'notice tone-info';
  const words = document.createElement('p');
  words.setAttribute('role', 'status');
  const bar = document.createElement('progress');
  bar.max = 100;
  bar.setAttribute('aria-label', 'How far the file has come');
  const stop = document.createElement('button');
  stop.type = 'button';
  stop.className = 'button button--second button--small';
  stop.textContent = 'Stop sending';
  const body = document.createElement('div');
  body.className = 'notice__body';
  body.append(words, bar, stop);
  status.append(body);
  form.append(status);

  const end = (text, tone) => {
    words.textContent = text;
    status.className = `notice tone-${tone}`;
    bar.hidden = true;
    stop.hidden = true;
    button.disabled = false;
  };

  form.addEventListener('submit', (event) => {
    if (!file.files || file.files.length === 0) return;
    event.preventDefault();
    const most = Number(form.dataset.mostBytes || 0);
    const chosen = file.files[0];
    status.hidden = false;
    if (most > 0 && chosen.size > most) {
      end(`This file has ${Math.ceil(chosen.size / 1048576)} MiB; at most ${Math.floor(most / 1048576)} MiB can be sent.`, 'bad');
      return;
    }
    const request = new XMLHttpRequest();
    bar.hidden = false;
    stop.hidden = false;
    bar.value = 0;
    button.disabled = true;
    status.className = 'notice tone-info';
    words.textContent = `Sending ${chosen.name}`;
    let told = 0;
    request.upload.addEventListener('progress', (now) => {
      if (!now.lengthComputable) return;
      bar.value = (now.loaded * 100) / now.total;
      // Screen readers hear every quarter, not every packet.
      const quarter = Math.floor((now.loaded * 4) / now.total) * 25;
      if (quarter > told) {
        told = quarter;
        words.textContent = quarter === 100 ? 'Sent; it is being read' : `Sending ${chosen.name}: ${quarter} %`;
      }
    });
    request.addEventListener('load', () => {
      // The answer is the page that the form leads to, or the same page with what is wrong with the file.
      form.dispatchEvent(new Event('assay:saved'));
      if (request.responseURL) history.replaceState(null, '', request.responseURL);
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener('error', () => end('The connection was lost; the file was not stored. Try again.', 'bad'));
    request.addEventListener('abort', () => end('Stopped; the file was not stored.', 'caution'));
    stop.onclick = () => request.abort();
    request.open('POST', form.action);
    request.send(new FormData(form));
  });
}

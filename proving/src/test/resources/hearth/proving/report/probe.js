'use strict';
/* Looks at a report as a person would, and writes what it saw into the root element, for the test to read. */
(() => {
  const root = document.documentElement, seen = root.dataset;
  const styles = getComputedStyle(root);
  const press = span => {
    document.querySelector(`[data-span="${span}"]`).click();
    return seen.view;
  };
  const key = name => {
    document.getElementById('charts').dispatchEvent(new KeyboardEvent('keydown', { key: name }));
    return seen.view;
  };

  function count() {
    seen.canvases = document.querySelectorAll('canvas').length;
    for (const chart of document.querySelectorAll('.chart')) {
      const canvas = chart.querySelector('canvas');
      if (!canvas) continue;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let painted = 0, named = 0;
      for (let i = 3; i < data.length; i += 4) {
        painted += data[i] > 0;
        named += data[i] > 0 && (i >> 2) % canvas.width < 100;
      }
      seen['named' + chart.id[0].toUpperCase() + chart.id.slice(1)] = named;
      seen['painted' + chart.id[0].toUpperCase() + chart.id.slice(1)] = painted;
      for (const name of ['band', 'room', 'target', 'outside', 'heating', 'cooling', 'coffee', 'fault']) {
        const hex = styles.getPropertyValue('--' + name).trim();
        const [r, g, b] = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
        let alike = 0;
        for (let i = 0; i < data.length; i += 4) {
          alike += data[i + 3] > 200 && Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 12;
        }
        seen[chart.id + name[0].toUpperCase() + name.slice(1)] = alike;
      }
    }
  }

  function use() {
    seen.atFirst = seen.view;
    seen.month = press('month');
    seen.week = press('week');
    seen.day = press('day');
    document.querySelector('[data-step="1"]').click();
    seen.later = seen.view;
    seen.year = press('year');
    seen.plus = key('+');
    seen.right = key('ArrowRight');
    seen.home = key('Home');

    const over = document.querySelector('#relays .u-over'), box = over.getBoundingClientRect();
    const mouse = (type, share) => (type === 'mouseup' ? document : over).dispatchEvent(new MouseEvent(type, {
      bubbles: true, button: 0, detail: 1, movementX: 1,
      clientX: box.left + share * box.width, clientY: box.top + box.height / 2,
    }));
    mouse('mousemove', .25);
    mouse('mousedown', .25);
    mouse('mousemove', .4);
    mouse('mousemove', .5);
    mouse('mouseup', .5);
    seen.dragged = seen.view;
    mouse('dblclick', .5);
    seen.doubleClicked = seen.view;
    mouse('mousemove', .3);
    seen.readout = document.getElementById('readout').textContent.replaceAll('"', '');
  }

  // Canvases are painted, and the cursor follows, when the page's own tasks are done.
  setTimeout(() => {
    count();
    use();
    seen.cutOff = root.scrollWidth - root.clientWidth;
    parent.postMessage({ ...seen }, '*');
  }, 500);
})();

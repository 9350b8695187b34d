/** Takes the times, in the page itself so that the driver's own delays don't count. All are seconds. */

(() => {
  /** Milliseconds between two looks at whether the page is alive. */
  const BEAT = 10;
  /** Milliseconds for which an endless loop goes on: nobody ends a program before having seen that it doesn't end. */
  const LOOPING = 2000;
  let longest = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - BEAT);
    last = now;
  }, BEAT);

  const seconds = async (act) => {
    const begin = performance.now();
    await act();
    return (performance.now() - begin) / 1000;
  };
  const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  /** The page can be told what to do: its scripts have come, and what they begin with is over. */
  const prepared = async () => {
    if (!window.bench)
      await new Promise((resolve) => addEventListener("DOMContentLoaded", resolve, { once: true }));
    await window.bench.prepared;
  };

  window.measure = {
    /** One of the others; rejects when it takes too long, for the driver itself would wait for ever. */
    within: (milliseconds, name, given) =>
      Promise.race([
        window.measure[name](...given),
        sleep(milliseconds).then(() => Promise.reject(new Error(`${name}: no answer from the page`))),
      ]),
    /** From the navigation's begin to the figure, and the longest time for which the page stood still. */
    visit: async (source) => {
      await prepared();
      await window.bench.run(source);
      return { cold: performance.now() / 1000, freeze: longest / 1000 };
    },
    /** Run on a page that has been open for a while. */
    open: async (source, milliseconds) => {
      await prepared();
      await sleep(milliseconds);
      return seconds(() => window.bench.run(source));
    },
    /** From the press of Run to the figure, for each program in turn. */
    redraw: async (sources) => {
      const times = [];
      for (const source of sources) {
        times.push(await seconds(() => window.bench.run(source)));
        // Whatever is done after a figure is shown is over before the reader has edited the next number.
        await sleep(500);
      }
      return times;
    },
    /** From the press of `restart` or `stop` under an endless loop to the next figure; null where there is no such way. */
    recover: async (source, way) => {
      if (!window.bench[way]) return null;
      await window.bench.loop();
      await sleep(LOOPING);
      return seconds(async () => {
        await window.bench[way]();
        await window.bench.run(source);
      });
    },
  };
})();

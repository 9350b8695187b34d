"""Programs that each leave a figure open, of as many kinds as there are."""

from __future__ import annotations

from gradus.bench.stage import Programs

FIGURES = {
    "capstone": Programs().next().replace("plt.show()", ""),
    "logarithmic": "plt.loglog([1, 10, 1e5], [1e-9, 3, 1e6]); plt.gca().minorticks_on()",
    "symlog": "plt.plot([-1e4, 0, 1e4], [0.1, 0.5, 0.999]); plt.xscale('symlog'); plt.yscale('logit')",
    "twin": "plt.plot([1, 2]); right = plt.twinx(); right.plot([3e6, 1e6]); right.set_ylabel('right')",
    "twin on top": "plt.plot([1, 2]); top = plt.twiny(); top.plot([3e6, 1e6], [0, 1]); plt.title('t')",
    "shared": """fig, axes = plt.subplots(2, 2, sharex=True, sharey='row', width_ratios=[1, 4])
axes[0, 0].plot([1e-7, 2e-7]); axes[1, 1].plot([1000, 200000])""",
    "aligned": """fig, axes = plt.subplots(2, 1); axes[0].plot([1e5, 2e5]); axes[1].plot([1, 2])
axes[0].set_ylabel('a'); axes[1].set_ylabel('b'); fig.align_ylabels()""",
    "colours": "plt.imshow([[1, 2], [3, 400]]); plt.colorbar(label='value'); plt.title('t')",
    "mesh": """plt.pcolormesh(np.arange(30).reshape(5, 6) ** 3)
plt.colorbar(orientation='horizontal', extend='both')""",
    "contours": "plt.contourf(np.arange(30).reshape(5, 6)); plt.clabel(plt.contour(np.eye(6)))",
    "categories": "plt.bar(['one', 'two', 'three'], [1, 2, 3], yerr=.3, hatch='/')",
    "dates": "import datetime as d; plt.plot([d.date(2024, 1, 1), d.date(2025, 3, 2)], [1, 2])",
    "own": """plt.plot([1, 2]); seen = []
plt.gca().xaxis.set_major_formatter(lambda value, place: seen.append(value) or str(len(seen)))""",
    "percent": """from matplotlib import ticker; plt.plot([1, 2])
plt.gca().yaxis.set_major_formatter(ticker.PercentFormatter(2))
plt.gca().xaxis.set(major_locator=ticker.MultipleLocator(.3), minor_locator=ticker.AutoMinorLocator())
plt.gca().xaxis.set_minor_formatter('{x:.2f}'); plt.tick_params(which='minor', rotation=90, pad=12)""",
    "polar": "plt.polar([0, 1, 2], [1, 2, 3])",
    "solid": "plt.figure().add_subplot(projection='3d').plot([0, 1], [0, 1], [0, 1])",
    "inset": "plt.plot([1, 2]); inset = plt.gca().inset_axes([.6, .1, .3, .3]); inset.plot([5, 1e-3])",
    "second scale": """plt.plot([1, 2]); ax = plt.gca(); plt.title('t')
ax.secondary_xaxis('top', functions=(lambda x: 2 * x, lambda x: x / 2)).set_xlabel('double')""",
    "parts": """for part in plt.figure(layout='constrained').subfigures(1, 2):
    part.subplots(2).flat[0].plot([1, 2]); part.suptitle('part')""",
    "mosaic": """f, a = plt.subplot_mosaic('AAB;CCB'); a['A'].plot([1, 2]); f.suptitle('all')
f.supxlabel('x')""",
    "equal": "plt.plot([0, 3], [0, 1]); plt.axis('equal'); plt.xlabel(r'$\\frac{1}{x^2}$')",
    "offset": "plt.plot([1e9, 1e9 + 1], [1e-12, 2e-12]); plt.locator_params(nbins=3)",
    "moved": "plt.plot([1, 2]); plt.gca().spines.left.set_position('center'); plt.tick_params(rotation=30)",
    "at zero": """plt.plot([-2, 3], [-1, 1e3]); ax = plt.gca(); ax.spines.left.set_position(('data', 0.7))
ax.spines.bottom.set_position('zero'); ax.grid(False); ax.set_xlabel('x', loc='right')""",
    "boxed": """plt.plot([1, 2]); plt.gca().spines[:].set_visible(True)
plt.tick_params('both', top=True, right=True)""",
    "labels on both sides": """plt.plot([1, 2])
plt.tick_params(labeltop=True, labelright=True, direction='inout')""",
    "on top": """plt.plot([1, 2]); plt.gca().xaxis.tick_top(); plt.gca().xaxis.set_label_position('top')
plt.title('t')""",
    "upside down": "plt.semilogx([1, 900], [1, 2]); plt.gca().invert_yaxis(); plt.gca().invert_xaxis()",
    "limits": "plt.plot([1, 2]); plt.xlim(1.7, 0.2); plt.ylim(1.5, 1.50001); plt.margins(.3)",
    "rotated": """plt.plot([1, 2])
plt.xticks([0, .3, 1], ['zero', 'two\\nlines', '$x^2$'], rotation=40, ha='right')""",
    "single ticks": """plt.plot([1, 2]); ticks = plt.gca().xaxis.get_major_ticks()
ticks[1].label1.set_color('red'); ticks[2].gridline.set_linestyle(':'); ticks[0].set_visible(False)""",
    "first tick": """plt.plot([1, 2]); first = plt.gca().xaxis.majorTicks[0]
first.label1.set_bbox({'facecolor': 'w'}); first.label1.set_rotation_mode('anchor')""",
    "first line": "plt.plot([1, 2]); plt.gca().yaxis.majorTicks[0].gridline.set_xdata([0, .5])",
    "grids": """plt.plot([1, 2]); plt.minorticks_on(); plt.grid(which='minor', linestyle=':', alpha=.5)
plt.grid(which='major', color='r', linestyle=(0, (3, 1)), gapcolor='y')""",
    "effects": """from matplotlib import patheffects as e; plt.plot([1, 2])
for t in (plt.gca().xaxis.label, *plt.gca().get_xticklabels(), *plt.gca().get_xgridlines()):
    t.set_path_effects([e.withStroke(linewidth=3, foreground='w')])""",
    "sketch": "plt.rcParams['path.sketch'] = (1, 100, 2); plt.plot([1, 2]); plt.title('t')",
    "words": """plt.plot([1, 2], label='a\\nb'); plt.title('left', loc='left')
plt.title('right \\\\$', loc='right')
plt.text(.5, 1.5, 'wrapped ' * 20, wrap=True, rotation=20); plt.legend(title='which', ncols=2)
plt.figtext(.5, .5, 'over it', bbox={'boxstyle': 'round'}, rotation=30, va='center', linespacing=2)""",
    "signs": """plt.plot([-1, 2]); plt.title('\\u03b1 = \\xb13 \\xd7 10\\u207b\\xb2 …')
plt.ylabel('größer ≥'); plt.text(0, 0, '\\u2212')""",
    "notes": """plt.plot([1, 2]); plt.annotate('here', (0.5, 1.5), (.2, .2), textcoords='axes fraction',
arrowprops={'arrowstyle': '->'}); plt.axhline(1.2, color='k'); plt.axvspan(.2, .3, alpha=.4)""",
    "other fonts": """plt.rcParams.update({'font.family': ['serif', 'monospace'], 'mathtext.fontset': 'stix'})
plt.plot([1, 2]); plt.title('title', fontsize=20, style='italic', weight='bold', family='monospace')
plt.tick_params(labelfontfamily='monospace', labelsize=7); plt.xlabel('$\\\\alpha$', math_fontfamily='cm')""",
    "marks": """plt.plot([1, 2, 3], 'o--', markevery=2, drawstyle='steps')
plt.errorbar([1], [2], xerr=.5, capsize=4)
plt.scatter([1, 2], [2, 3], s=[30, 90], marker='*', c=[1, 2]); plt.fill_between([0, 1], [1, 2], alpha=.3)""",
    "legends": """plt.plot([1, 2], label='one'); plt.scatter([0], [1], label='two')
plt.bar(.5, 1, label='three'); plt.legend(loc='center left', bbox_to_anchor=(1, .5), shadow=True)
plt.figlegend(loc='outside lower center')""",
    "pies": "plt.pie([1, 2, 3], labels=['a', 'b', 'c'], autopct='%.0f%%')",
    "counts": "plt.hist(np.arange(99) ** .5, bins=20, density=True); plt.boxplot([1, 2, 9], positions=[3])",
    "nothing": "plt.subplots(2, 2)",
    "hidden": """plt.plot([1, 2]); plt.gca().xaxis.set_visible(False)
plt.gca().yaxis.label.set_visible(False); plt.title('t').set_visible(False)
plt.gca().lines[0].set_visible(False)""",
    "no axes": "plt.imshow(np.eye(3)); plt.axis('off')",
    "only text": "plt.figtext(.1, .5, 'words')",
    "not finite": "plt.plot([1, np.nan, 3], [1, 2, np.inf]); plt.text(np.nan, 1, 'nowhere')",
    "tight": "plt.subplots(1, 2, layout='tight')[1][0].semilogy([1, 1e5])",
    "tightened": "plt.subplots(layout='none')[1].set(title='t', xlabel='x'); plt.tight_layout()",
    "compressed": "plt.subplots(2, 2, layout='compressed')[1][0, 0].imshow(np.eye(3))",
    "free": "plt.subplots(layout='none')[1].set(title='t', xlabel='x')",
    "drawn before": """plt.plot([1, 2]); plt.gcf().canvas.draw()
plt.gca().tick_params(labelsize=20, length=9)""",
    "tiny": "plt.figure(figsize=(.9, .8)); plt.plot([1, 2])",
    "filtered": """plt.plot([1, 2])
plt.gca().xaxis.label.set(text='x', agg_filter=lambda a, dpi: (a[::-1], 0, 0))
plt.gca().lines[0].set_rasterized(True)""",
}
"""Name → program, which finds `plt` and `np`."""

/** The screens that the page can begin without: one file, read when the first of them is opened. */
export { default as AddInterviews } from './AddInterviews.svelte';
export { default as Erase } from './Erase.svelte';
export { default as Export } from './Export.svelte';
export { default as Names } from './Names.svelte';
export { default as Review } from './Review.svelte';

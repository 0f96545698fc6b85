/** The screens that the page can begin without: one file, read when the first of them is opened. */
import '../words-later';

export { default as AddInterviews } from './AddInterviews.svelte';
export { default as CardOf } from './CardOf.svelte';
export { default as Create } from './Create.svelte';
export { default as Erase } from './Erase.svelte';
export { default as Export } from './Export.svelte';
export { default as Form } from './Form.svelte';
export { default as InterviewPack } from './InterviewPack.svelte';
export { default as Invite } from './Invite.svelte';
export { default as Join } from './Join.svelte';
export { default as Keys } from './Keys.svelte';
export { default as Names } from './Names.svelte';
export { default as People } from './People.svelte';
export { default as Person } from './Person.svelte';
export { default as Preview } from './Preview.svelte';
export { default as Read } from './Read.svelte';
export { default as Records } from './Records.svelte';
export { default as Review } from './Review.svelte';
export { default as ReviewInterview } from './ReviewInterview.svelte';
export { default as StopPhone } from './StopPhone.svelte';
export { default as Study } from './Study.svelte';

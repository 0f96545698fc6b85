/** What a form does when it is submitted: the work, and no page of its own. */
export const submitted = (work: () => unknown) => (event: SubmitEvent) => {
  event.preventDefault();
  void work();
};

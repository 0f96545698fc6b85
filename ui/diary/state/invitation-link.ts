/** How an invitation stands in the page's address, after which the link follows, URI-encoded. */
export const INVITATION = '#invitation=';

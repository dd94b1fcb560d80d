package io.imagegate;

/** What this module promises. */
class PublicApiTest extends PublicApiContract {}

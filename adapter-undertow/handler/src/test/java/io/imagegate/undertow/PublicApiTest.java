package io.imagegate.undertow;

import io.imagegate.PublicApiContract;

/** What this module promises. */
class PublicApiTest extends PublicApiContract {}

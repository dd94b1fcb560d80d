package io.imagegate.registry;

import io.imagegate.PublicApiContract;

/** What this module promises. */
class PublicApiTest extends PublicApiContract {}

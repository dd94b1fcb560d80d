package io.imagegate.policytest;

import io.imagegate.PublicApiContract;

/** What this module promises. */
class PublicApiTest extends PublicApiContract {}

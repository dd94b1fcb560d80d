/** Tests of the WAR, as it was built, in Tomcats as they are unpacked. */
@NullMarked
package io.imagegate.war;

import org.jspecify.annotations.NullMarked;

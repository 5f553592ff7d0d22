/** Extensions for JUnit Jupiter. */
@NullMarked
package dev.weft.test.junit;

import org.jspecify.annotations.NullMarked;

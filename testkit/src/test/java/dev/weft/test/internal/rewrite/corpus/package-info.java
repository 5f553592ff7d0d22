/** Classes that are rewritten by tests, with every feature of the language. */
package dev.weft.test.internal.rewrite.corpus;

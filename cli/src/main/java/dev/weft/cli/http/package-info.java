/**
 * One try of one URL with the JDK's client: {@link dev.weft.cli.http.Fetcher} finds the host, sends, follows redirects
 * and reads the body, under one limit. {@link dev.weft.cli.http.FailureClassifier} says in words what went wrong.
 */
@NullMarked
package dev.weft.cli.http;

import org.jspecify.annotations.NullMarked;

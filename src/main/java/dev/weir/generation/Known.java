package dev.weir.generation;

import java.util.Set;

/**
 * What is remembered of a pipeline when a claim is made.
 *
 * @param greatest the greatest generation ever allocated; 0 for none
 * @param inDatabase whether that is known from a database
 * @param fence the greatest position that completed
 * @param lakePaths every lake that a generation wrote to
 */
public record Known(int greatest, boolean inDatabase, Position fence, Set<String> lakePaths) {}

package dev.weir.generation;

import java.util.Set;

/**
 * What database and lake remember of a pipeline's earlier runs when a claim is made.
 *
 * @param greatest the greatest generation ever allocated; 0 for none
 * @param inDatabase whether that is known from a database
 * @param fence the greatest position that completed
 * @param lakePaths every lake that a generation wrote to
 */
public record PipelineHistory(int greatest, boolean inDatabase, Position fence, Set<String> lakePaths) {}

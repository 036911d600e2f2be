package dev.weir.generation;

import java.util.Set;

/**
 * Holds what the database and the lake remember of a pipeline's earlier runs when a claim is made.
 *
 * @param greatest the greatest generation ever allocated; 0 for none
 * @param inDatabase whether a database knows that generation
 * @param fence the greatest position that was committed
 * @param lakePaths every lake path of an earlier run
 */
public record PipelineHistory(int greatest, boolean inDatabase, Position fence, Set<String> lakePaths) {}

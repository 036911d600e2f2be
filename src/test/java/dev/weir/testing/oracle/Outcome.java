package dev.weir.testing.oracle;

import dev.weir.core.model.Aggregate;
import java.util.List;
import java.util.Map;

/**
 * All that a run leaves behind, in no particular order.
 *
 * @param aggregates one final row per (series, window size, window start)
 * @param books every published counter (docs/postgres.md) by name, those at 0 too
 */
public record Outcome(
        List<Accepted> readings, List<Aggregate> aggregates, List<Rejected> rejects, Map<String, Long> books) {}

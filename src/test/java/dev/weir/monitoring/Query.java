package dev.weir.monitoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PromQL expression and where it stands. Not a parser: {@code promtool} is one, and looks at the same expressions with
 * {@code -Pdeploy}.
 *
 * @param legend of a panel, may be empty; what is in its braces are labels
 */
public record Query(String where, String expression, String legend) {
    private static final Pattern SELECTOR = Pattern.compile("((?:flink_|weir:)[a-zA-Z0-9_:]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on)\\s*\\(([^)]*)\\)");
    private static final Pattern IN_BRACES = Pattern.compile("\\{\\{\\s*([^} ]+)\\s*}}");

    /** A metric and the labels that are asked of it. */
    public record Selector(String metric, Set<String> labels, String text) {}

    public List<Selector> selectors() {
        List<Selector> found = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(expression);
        while (selector.find()) {
            Set<String> labels = new TreeSet<>();
            Matcher label = MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2));
            while (label.find()) {
                labels.add(label.group(1));
            }
            found.add(new Selector(selector.group(1), labels, selector.group()));
        }
        return found;
    }

    /** The labels that are left after aggregation, and those that sides are matched by. */
    public Set<String> groupings() {
        Set<String> labels = new TreeSet<>();
        Matcher grouping = GROUPING.matcher(expression);
        while (grouping.find()) {
            labels.addAll(Arrays.asList(grouping.group(1).strip().split("\\s*,\\s*", -1)));
        }
        return labels;
    }

    public Set<String> legendLabels() {
        Set<String> labels = new TreeSet<>();
        Matcher label = IN_BRACES.matcher(legend);
        while (label.find()) {
            labels.add(label.group(1));
        }
        return labels;
    }

    /** As Prometheus takes it: what Grafana would put in is put in. */
    public Query filled(String pipeline, String interval) {
        String text = expression.replace("$pipeline", pipeline).replace("$__rate_interval", interval);
        return new Query(where, text, legend);
    }

    static Set<String> metrics(Stream<Query> queries) {
        Set<String> metrics = new TreeSet<>();
        queries.forEach(query -> query.selectors().forEach(selector -> metrics.add(selector.metric())));
        return metrics;
    }
}

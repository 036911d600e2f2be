package dev.weir.testing.generate;

import dev.weir.config.WeirConfig;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Workloads for jqwik. A failing property prints {@link Workload#toString}, and shrinks to fewer sensors, events and kinds of fault. */
public final class Workloads {
    private Workloads() {}

    /** Any layout of {@link TestConfigs} but those of the real data, or one of {@link InputConfigs}. */
    public static Arbitrary<WeirConfig> configs() {
        List<WeirConfig> all = new ArrayList<>(InputConfigs.all());
        all.add(TestConfigs.longJson());
        all.add(TestConfigs.lenientLongJson());
        all.add(TestConfigs.wideJson());
        all.add(TestConfigs.csvWide());
        all.add(TestConfigs.csvLong());
        return Arbitraries.of(all);
    }

    public static Arbitrary<Workload> any() {
        return configs().flatMap(Workloads::of);
    }

    public static Arbitrary<Workload> of(WeirConfig config) {
        Arbitrary<Long> seeds = Arbitraries.longs().withoutEdgeCases();
        Arbitrary<Integer> sensors = Arbitraries.integers().between(1, 5);
        Arbitrary<Integer> partitions = Arbitraries.integers().between(1, 4);
        Arbitrary<Integer> events = Arbitraries.integers().between(1, 200);
        Arbitrary<Double> rates = Arbitraries.of(0.02, 0.1, 0.3, 0.7);
        Arbitrary<List<Fault>> faults = Arbitraries.of(Fault.class).list().uniqueElements();
        return Combinators.combine(seeds, sensors, partitions, events, rates, faults)
                .as((seed, s, p, e, rate, kinds) -> new Workload(config, seed, s, p, e, rate, kinds));
    }
}

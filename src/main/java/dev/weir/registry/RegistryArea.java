package dev.weir.registry;

import dev.weir.core.catalog.Avro;
import dev.weir.core.catalog.Catalog;
import dev.weir.doctor.Area;
import dev.weir.doctor.Examination;
import dev.weir.doctor.Finding;
import java.util.List;
import java.util.Objects;

/** Examines the schema registries that the catalog names: address, TLS and credentials. Without one it makes no check. */
public final class RegistryArea implements Area {
    private final List<Avro.Registry> registries;

    public RegistryArea(Catalog catalog) {
        registries = catalog.inputs().stream()
                .map(input -> input.payload().avro())
                .filter(Objects::nonNull)
                .map(Avro::registry)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    @Override
    public void examine(Examination examination) {
        for (int i = 0; i < registries.size(); i++) {
            Avro.Registry registry = registries.get(i);
            examination.check(i == 0 ? "registry" : "registry " + (i + 1), () -> answers(registry));
        }
    }

    private static Finding answers(Avro.Registry access) {
        try (SchemaRegistry registry = new SchemaRegistry(access)) {
            registry.requireReachable();
            String user = access.user() == null ? "without a user" : "as " + access.user();
            return Finding.ok(access.url() + " answers, " + user);
        }
    }
}

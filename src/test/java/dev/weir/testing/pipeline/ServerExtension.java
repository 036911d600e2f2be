package dev.weir.testing.pipeline;

import dev.weir.testing.KafkaBroker;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ModifierSupport;

/**
 * Sets the fields that are marked with {@link Server}. The first class that asks starts a shared server. JUnit's stores close the servers:
 * a shared one after all tests, a class's own after the class.
 */
final class ServerExtension implements BeforeAllCallback, AfterAllCallback {
    private static final Namespace SERVERS = Namespace.create(ServerExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        for (Field field : AnnotationSupport.findAnnotatedFields(
                context.getRequiredTestClass(), Server.class, ModifierSupport::isStatic)) {
            Server wanted = field.getAnnotation(Server.class);
            field.setAccessible(true);
            field.set(
                    null,
                    wanted.own() || wanted.settings().length > 0
                            ? own(field, settings(wanted), context.getStore(SERVERS))
                            : shared(field.getType(), context.getRoot().getStore(SERVERS)));
        }
    }

    /** Cancels what a failed test has left running on the shared cluster, where it would keep slots from the next class. */
    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        PipelineRig rig = context.getRoot().getStore(SERVERS).get(PipelineRig.class, PipelineRig.class);
        if (rig != null) {
            rig.cancelJobs();
        }
    }

    private static Object own(Field field, Map<String, String> settings, Store store) throws Exception {
        KafkaBroker broker = KafkaBroker.start(settings);
        store.put(field.getName() + "'s broker", broker);
        if (field.getType() == KafkaBroker.class) {
            return broker;
        }
        PipelineRig rig = new PipelineRig(broker);
        store.put(field.getName(), rig);
        return rig;
    }

    private static Object shared(Class<?> type, Store store) {
        KafkaBroker broker =
                store.getOrComputeIfAbsent(KafkaBroker.class, key -> KafkaBroker.start(), KafkaBroker.class);
        return type == KafkaBroker.class
                ? broker
                : store.getOrComputeIfAbsent(PipelineRig.class, key -> rig(broker), PipelineRig.class);
    }

    private static PipelineRig rig(KafkaBroker broker) {
        try {
            return new PipelineRig(broker);
        } catch (Exception e) {
            throw new IllegalStateException("the shared cluster does not start", e);
        }
    }

    private static Map<String, String> settings(Server wanted) {
        return Arrays.stream(wanted.settings())
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }
}

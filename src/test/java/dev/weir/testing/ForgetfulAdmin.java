package dev.weir.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;

/**
 * A real admin client whose first question of a kind is about a topic that is not there: as if a broker had not heard
 * of the right one yet.
 */
public final class ForgetfulAdmin {
    private ForgetfulAdmin() {}

    /**
     * @param real stays the caller's
     * @param question {@code describeTopics} or {@code describeConfigs}
     */
    public static Admin once(Admin real, String question) {
        AtomicBoolean asked = new AtomicBoolean();
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, args) -> {
                    Object[] passed = args;
                    if (method.getName().equals(question) && asked.compareAndSet(false, true)) {
                        passed = args.clone();
                        passed[0] = ofNothing((Collection<?>) args[0]);
                    }
                    return call(real, method, passed);
                });
    }

    private static Collection<?> ofNothing(Collection<?> named) {
        String unheardOf = "not-heard-of-yet";
        return named.iterator().next() instanceof ConfigResource
                ? List.of(new ConfigResource(ConfigResource.Type.TOPIC, unheardOf))
                : List.of(unheardOf);
    }

    private static Object call(Admin real, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

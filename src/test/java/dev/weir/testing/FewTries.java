package dev.weir.testing;

import java.util.List;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Ends every property after {@code weir.tries.most} tries, whatever its annotation says. Mutation testing sets it, because there a property
 * runs once for each mutant that it reaches; without the system property nothing changes. jqwik finds the hook through
 * {@code META-INF/services}.
 */
public final class FewTries implements AroundTryHook {
    private static final int MOST = Integer.getInteger("weir.tries.most", Integer.MAX_VALUE);

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor tried, List<Object> parameters) {
        TryExecutionResult result = tried.execute(parameters);
        if (MOST == Integer.MAX_VALUE || !result.isSatisfied()) {
            return result;
        }
        Store<Integer> tries = Store.getOrCreate(FewTries.class, Lifespan.PROPERTY, () -> 0);
        tries.update(before -> before + 1);
        return tries.get() < MOST ? result : TryExecutionResult.satisfied(true);
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}

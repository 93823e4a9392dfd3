package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.LoadDistributionPolicy;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.Target;
import java.util.Optional;

/** Where a rule, a path rule or a map's default leads (REQ-23, VAL-16, VAL-18). Confined to one load. */
final class TargetReader {
    /**
     * How the members of a target are called, and what to say if they are wrong.
     *
     * @param subject for messages
     * @param id rule that demands a target
     */
    record Keys(String pool, String settings, String redirect, String distribution, String subject, String id) {
        static final Keys RULE = of("rule", "VAL-16");
        static final Keys PATH_RULE = of("path rule", "VAL-18");
        static final Keys DEFAULT = ofDefault("path map");
        static final Keys ADVANCED_RULE = of("advanced routing rule", "VAL-18");
        static final Keys ADVANCED_DEFAULT = ofDefault("advanced routing map");

        private static Keys ofDefault(String subject) {
            return new Keys(
                    "defaultBackendAddressPool",
                    "defaultBackendHttpSettings",
                    "defaultRedirectConfiguration",
                    "defaultLoadDistributionPolicy",
                    subject,
                    "VAL-18");
        }

        private static Keys of(String subject, String id) {
            return new Keys(
                    "backendAddressPool",
                    "backendHttpSettings",
                    "redirectConfiguration",
                    "loadDistributionPolicy",
                    subject,
                    id);
        }
    }

    private final Table<BackendAddressPool> pools;
    private final Table<BackendHttpSettings> settings;
    private final Table<RedirectConfiguration> redirects;
    private final Table<LoadDistributionPolicy> policies;
    private final Problems problems;

    TargetReader(
            Table<BackendAddressPool> pools,
            Table<BackendHttpSettings> settings,
            Table<RedirectConfiguration> redirects,
            Table<LoadDistributionPolicy> policies,
            Problems problems) {
        this.pools = pools;
        this.settings = settings;
        this.redirects = redirects;
        this.policies = policies;
        this.problems = problems;
    }

    Optional<Target> read(ConfigObject object, Keys keys) {
        boolean hasPool = object.isStated(keys.pool());
        boolean hasSettings = object.isStated(keys.settings());
        boolean hasPolicy = object.isStated(keys.distribution());
        if (object.isStated(keys.redirect())) {
            if (hasPool || hasSettings || hasPolicy) {
                refuseBoth(object.placeOf(keys.redirect()), keys);
            }
            return object.reference(keys.redirect()).flatMap(redirects::resolve).map(Target.Redirect::new);
        }
        if (!hasSettings || (!hasPool && !hasPolicy)) {
            refuseNone(object, keys, hasPool || hasPolicy, hasSettings);
        }
        Optional<BackendAddressPool> pool = object.reference(keys.pool()).flatMap(pools::resolve);
        Optional<BackendHttpSettings> entry = object.reference(keys.settings()).flatMap(settings::resolve);
        if (hasPolicy) {
            // Azure's examples print a pool beside the policy; the policy is what is asked for (section 4.10).
            return object.reference(keys.distribution())
                    .flatMap(policies::resolve)
                    .flatMap(policy -> entry.map(s -> new Target.Distribute(policy, s, pool.orElse(null))));
        }
        return pool.flatMap(p -> entry.map(s -> new Target.Forward(p, s)));
    }

    private void refuseBoth(Place place, Keys keys) {
        problems.error(
                "VAL-16",
                Kind.CONFLICT,
                place,
                "the " + keys.subject() + " has a redirect and also a pool or settings.",
                "Remove the redirect, or remove " + keys.pool() + " and " + keys.settings() + ".");
    }

    private void refuseNone(ConfigObject object, Keys keys, boolean hasPool, boolean hasSettings) {
        String absent = hasPool ? keys.settings() : keys.pool();
        boolean lacksAll = !hasPool && !hasSettings;
        problems.error(
                keys.id(),
                Kind.MISSING,
                lacksAll ? object.place() : object.place().member(absent),
                lacksAll
                        ? "the " + keys.subject()
                                + " leads nowhere: it has neither a pool with settings nor a redirect."
                        : "the " + keys.subject() + " has no " + absent + ".",
                "Add " + keys.pool() + " and " + keys.settings() + ", or " + keys.redirect() + ".");
    }
}

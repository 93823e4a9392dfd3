package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Undertow's own proxy handler, the best of the Java peers, in a process of its own. */
final class UndertowPeer implements Peer {
    private final List<String> jvmOptions;

    UndertowPeer(List<String> jvmOptions) {
        this.jvmOptions = jvmOptions;
    }

    @Override
    public String name() {
        return "undertow";
    }

    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public List<String> prepare(PeerSite site) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(site.port()));
        arguments.add(Integer.toString(site.backendPort()));
        arguments.add(Integer.toString(site.connections()));
        if (site.isTls()) {
            arguments.add(site.keys().pfx().toString());
        }
        return Tools.java(jvmOptions, UndertowProxy.class, arguments);
    }
}

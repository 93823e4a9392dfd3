package dev.gatehouse.embedded;

import org.apache.catalina.Wrapper;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** The one context of an embedded Tomcat, at the root and built without scanning. Stateless. */
final class RootContext {
    private RootContext() {}

    static StandardContext of(ApplicationInitializer initializer) {
        StandardContext context = new StandardContext();
        context.setName("");
        context.setPath("");
        context.setIgnoreAnnotations(true);
        context.setCookies(false);
        // Under exec:java our classes are not in the system class loader, where Tomcat would look.
        context.setParentClassLoader(RootContext.class.getClassLoader());
        context.setDelegate(true);
        // Searches for what a redeployed application would leave behind; here the process ends with it.
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        // Whoever stops us has waited for requests already; 20 is the least that Tomcat takes not for "for ever".
        context.setUnloadDelay(20);
        context.addLifecycleListener(new Tomcat.FixContextListener());
        context.addServletContainerInitializer(new WsSci(), null); // before ours, which finds its ServerContainer set
        context.addServletContainerInitializer(initializer, null);
        context.getPipeline().setBasic(new EveryPathValve());
        Wrapper wrapper = Tomcat.addServlet(context, "nothing-behind", new NothingBehindServlet());
        wrapper.setAsyncSupported(true);
        wrapper.addMapping("/");
        return context;
    }
}

//! The table of routes: what is served is what is listed, because both are made from it.

use std::future::{Ready, ready};

use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::web::{self, ServiceConfig};
use actix_web::{
    FromRequest, Handler, HttpRequest, HttpResponse, Resource, Responder, ResponseError as _, Route, Scope, guard,
};

use super::{Problem, ProblemKind};

/// Routes in the order in which they were added.
#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
}

struct Row {
    path: &'static str,
    method: Method,
    route: Route,
}

impl Table {
    /// Adds a route that reads. Whoever may GET may also HEAD (RFC 9110 §9.3.2): load balancers do.
    #[must_use]
    pub fn get<F, Args>(self, path: &'static str, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let route = web::route().guard(guard::Any(guard::Get()).or(guard::Head()));
        self.with(path, Method::GET, route.to(handler))
    }

    /// Adds a route that does something.
    #[must_use]
    pub fn post<F, Args>(self, path: &'static str, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.with(path, Method::POST, web::post().to(handler))
    }

    /// Adds a route that puts something in its place.
    #[must_use]
    pub fn put<F, Args>(self, path: &'static str, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.with(path, Method::PUT, web::put().to(handler))
    }

    /// Adds a route that ends something.
    #[must_use]
    pub fn delete<F, Args>(self, path: &'static str, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.with(path, Method::DELETE, web::delete().to(handler))
    }

    /// Method and path of every route.
    #[must_use]
    pub fn listed(&self) -> Vec<(String, &'static str)> {
        self.rows.iter().map(|row| (row.method.to_string(), row.path)).collect()
    }

    /// Serves the routes.
    pub fn register(self, config: &mut ServiceConfig) {
        for resource in self.resources("") {
            config.service(resource);
        }
    }

    /// Serves the routes, which all begin with `prefix`, within its scope.
    pub fn within(self, prefix: &str) -> Scope {
        self.resources(prefix).into_iter().fold(web::scope(prefix), Scope::service)
    }

    fn resources(self, prefix: &str) -> Vec<Resource> {
        let (mut rows, mut resources) = (self.rows, Vec::new());
        while let Some(path) = rows.first().map(|row| row.path) {
            let (here, elsewhere) = rows.into_iter().partition::<Vec<_>, _>(|row| row.path == path);
            rows = elsewhere;
            let allowed = allowed(&here);
            let resource = web::resource(path.strip_prefix(prefix).unwrap_or(path));
            let resource = here.into_iter().fold(resource, |resource, row| resource.route(row.route));
            let other = move |request: HttpRequest| other_method(&request, &allowed);
            resources.push(resource.default_service(web::to(other)));
        }
        resources
    }

    fn with(mut self, path: &'static str, method: Method, route: Route) -> Self {
        self.rows.push(Row { path, method, route });
        self
    }
}

/// The `Allow` header of a path with these routes.
fn allowed(rows: &[Row]) -> String {
    let words = rows.iter().map(|row| if row.method == Method::GET { "GET, HEAD" } else { row.method.as_str() });
    words.chain(["OPTIONS"]).collect::<Vec<_>>().join(", ")
}

/// Every other method is told which ones there are (RFC 9110 §15.5.6).
fn other_method(request: &HttpRequest, methods: &str) -> Ready<HttpResponse> {
    let mut response = if request.method() == Method::OPTIONS {
        HttpResponse::NoContent().finish()
    } else {
        Problem::new(ProblemKind::MethodNotAllowed, "this path does not take this method").error_response()
    };
    if let Ok(methods) = HeaderValue::from_str(methods) {
        response.headers_mut().insert(ALLOW, methods);
    }
    ready(response)
}

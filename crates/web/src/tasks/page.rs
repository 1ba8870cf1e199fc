//! Tasks: what is new, what is in my hands, and the page of one task.

use askama::Template;
use linli_domain::notifications::MessageView;
use linli_domain::places::CommunityView;
use linli_domain::tasks::TaskStage;
use linli_domain::tasks::view::TaskView;

use crate::look::form::Form;
use crate::look::frame::Frame;

/// `GET /tasks`.
#[derive(Debug, Template)]
#[template(path = "tasks/tasks.html")]
pub struct TasksPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// Own and offered ones, in all communities of the reader.
    pub tasks: &'a [TaskView],
    /// What is new, newest first.
    pub messages: &'a [MessageView],
}

impl TasksPage<'_> {
    /// Those that the reader works on.
    pub fn in_hand(&self) -> Vec<&TaskView> {
        self.tasks.iter().filter(|task| task.stage == TaskStage::Accepted && task.in_my_hands).collect()
    }
    /// Those that wait for somebody to take them: given to the reader, or open to all.
    pub fn waiting(&self) -> Vec<&TaskView> {
        self.tasks.iter().filter(|task| matches!(task.stage, TaskStage::Offered | TaskStage::Assigned)).collect()
    }
    /// Those that are over.
    pub fn over(&self) -> Vec<&TaskView> {
        self.tasks.iter().filter(|task| !task.stage.is_live()).collect()
    }
    /// Whether a task was sent since the reader last looked.
    pub fn is_new(&self, task: &TaskView) -> bool {
        self.messages.iter().any(|message| message.task == Some(task.id))
    }
    /// Messages about tasks that are still there to be taken.
    pub fn news(&self) -> usize {
        self.waiting().into_iter().filter(|task| self.is_new(task)).count()
    }
}

/// `GET /tasks/{community}/{task}`.
#[derive(Debug, Template)]
#[template(path = "tasks/task.html")]
pub struct TaskPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// The task.
    pub task: &'a TaskView,
    /// The form that is redrawn, or a fresh one.
    pub form: Form,
    /// Which form that is: `accept`, `return`, `finish`; empty when the page is fresh.
    pub about: &'a str,
}

impl TaskPage<'_> {
    /// The address of the task.
    pub fn base(&self) -> String {
        format!("/tasks/{}/{}", self.task.community, self.task.id)
    }
    /// Whether a form is one that the page shows: somebody may have been faster.
    pub fn is_shown(&self, form: &str) -> bool {
        match form {
            "accept" => self.may_accept(),
            "finish" => self.may_finish(),
            "return" => self.may_return(),
            _ => false,
        }
    }
    /// The form of a name: the redrawn one with the key that it was sent with, so that sending it again cannot be taken
    /// twice; or an empty one with a key of its own.
    pub fn form_of(&self, name: &str) -> Form {
        if self.about == name { self.form.clone() } else { Form::new(self.form.key_for(name), self.form.csrf.clone()) }
    }
    /// Whether it waits for somebody to take it.
    pub fn may_accept(&self) -> bool {
        matches!(self.task.stage, TaskStage::Offered | TaskStage::Assigned)
    }
    /// Whether the reader may say that it is done.
    pub fn may_finish(&self) -> bool {
        self.task.stage == TaskStage::Accepted && self.task.in_my_hands
    }
    /// Whether the reader may give it back: what is in hand, and what was given to this reader alone.
    pub fn may_return(&self) -> bool {
        self.task.in_my_hands && matches!(self.task.stage, TaskStage::Accepted | TaskStage::Assigned)
    }
}

/** What tests of Angular applications take: an exchange that the test drives. */
export { provideMillraceTesting, withTestExchange } from './provideMillraceTesting.js';
export { TestExchange } from './testExchange.js';
